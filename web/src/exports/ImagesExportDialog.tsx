import { exportImages, imagesExportUrl } from '../api/exports';
import type { FilterQuery } from '../api/gallery';
import { pictureWords } from '../time/words';
import { saveBlob, saveFrom } from '../ui/saveFile';
import ExportDialog from './ExportDialog';

interface Props {
  /** Their ids, or what chooses them. */
  of: readonly string[] | FilterQuery;
  count: number;
  onClose: () => void;
}

function isList(of: Props['of']): of is readonly string[] {
  return Array.isArray(of);
}

/** Saves what is known of many pictures as a table. */
export default function ImagesExportDialog({ of, count, onClose }: Props) {
  return (
    <ExportDialog
      title={`Export ${pictureWords(count)}`}
      about="A row for each: its camera, times, size and hash, its star, tags and note, and what the camera measured with it."
      give={async (format) => {
        if (isList(of)) saveBlob(`heliograph-pictures.${format}`, await exportImages(of, format));
        else saveFrom(imagesExportUrl(of, format));
      }}
      onClose={onClose}
    />
  );
}
