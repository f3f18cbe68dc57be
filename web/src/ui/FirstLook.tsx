/** Before it is known who is there. index.html has the same, for before the program is there: nothing changes between. */
export function FirstLook() {
  return (
    <div className="first-look">
      <div className="first-look-bar">
        <img src="/favicon.svg" width="28" height="28" alt="" />
      </div>
      <div className="first-look-wall" />
    </div>
  );
}
