/** Before it is known who is there. index.html has the same, for before the program is there: nothing changes between. */
export function FirstLook() {
  return (
    <div className="first-look">
      <img src="/favicon.svg" width="28" height="28" alt="" />
    </div>
  );
}
