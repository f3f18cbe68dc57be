// Where pictures stand, for programs that do not have the client.

export function thumbnailPath(filename: string): string {
  return `/thumbnails/${filename}`;
}
