// For tests: an alert, and whatever else is said of it.
import type { Alert } from '../api/alerts';

export function anAlert(more: Partial<Alert> = {}): Alert {
  return {
    id: '06fk2r8m0q3zt',
    camera_id: '06fk2r8m0q400',
    camera: 'Weir',
    kind: 'silent',
    detail: 'Nothing was heard of it for 3 hours.',
    opened_at: 0,
    closed_at: null,
    ...more,
  };
}
