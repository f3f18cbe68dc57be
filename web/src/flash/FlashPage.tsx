import { useState } from 'react';
import { Link } from 'wouter';
import { linkToPage } from '../address';
import { PageFrame } from '../pages/PageFrame';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { Field } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { Panel } from '../ui/Panel';
import { Row, Rows } from '../ui/Rows';
import { INABILITY_WORDS, whyNotFlash } from './ability';
import { findBoards, type FolderFile, type FoundBoards } from './boardFolder';
import styles from './FlashPage.module.css';
import { FlashReleasesPanel } from './FlashReleasesPanel';
import { InstallButton } from './InstallButton';
import { sizeWords } from './releasedBoard';

// Of a file that came with its folder; what was picked by itself has no path.
function pathOf(file: File): string {
  return file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
}

/** The first program of a board, over USB. */
export default function FlashPage() {
  const { person } = useVisit();
  const [found, setFound] = useState<FoundBoards>();
  const inability = whyNotFlash();
  const look = async (list: FileList | null) => {
    const files: FolderFile[] = [...(list ?? [])].map((file) => ({ path: pathOf(file), content: file }));
    setFound(files.length > 0 ? await findBoards(files) : undefined);
  };
  return (
    <PageFrame
      title="Flash a board"
      lead="The first program goes to a board over USB: it brings the boot loader, which takes back updates that fail."
    >
      {inability && <Notice>{INABILITY_WORDS[inability]}</Notice>}
      {mayAdminister(person) && <FlashReleasesPanel able={!inability} />}
      <Panel
        title="Files of your own"
        lead="The folder that the build made for your board, unpacked: manifest.json, and the parts that it names. Nothing is uploaded."
      >
        <Field
          label="Folder"
          type="file"
          hint="Of one board, or of all of them."
          {...{ webkitdirectory: '' }}
          onChange={(event) => void look(event.target.files)}
        />
        {found?.problems.map((problem) => (
          <p key={problem} className={styles.problem} role="alert">
            {problem}
          </p>
        ))}
        {found && found.boards.length > 0 && (
          <Rows label="Boards">
            {found.boards.map((board) => (
              <Row key={board.name} name={board.name} mark={board.version} facts={[sizeWords(board)]}>
                {!inability && <InstallButton board={board} />}
              </Row>
            ))}
          </Rows>
        )}
      </Panel>
      <Panel title="Before and after">
        <ol className={styles.steps}>
          <li>
            Take the memory card out of a LilyGO T-SIM7600: it holds a pin that keeps the board from being
            flashed. On an AI-Thinker ESP32-CAM connect GPIO0 with GND, and press reset.
          </li>
          <li>
            Connect the board by USB, press the button, and choose its port. If none is listed, the cable may
            only carry power, or the driver for CP210x, CH340 or CH9102 is missing.
          </li>
          <li>
            When it is done the same dialog asks for the Wi-Fi, and leads to the board’s own page: enter this
            server’s address there.
          </li>
          <li>
            The board shows a code, which you type at <Link href={linkToPage('cameras')}>Cameras</Link>. Later
            programs come over the network, as <Link href={linkToPage('firmware')}>releases</Link>, if it was
            built with your public key.
          </li>
        </ol>
      </Panel>
    </PageFrame>
  );
}
