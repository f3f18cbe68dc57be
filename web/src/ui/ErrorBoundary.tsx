import { Component, type ReactNode } from 'react';
import { Trouble } from './Trouble';

interface State {
  message: string | undefined;
}

/** The last net: a fault of ours, or a piece of the page that a new version of the server no longer has. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { message: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.message === undefined) return this.props.children;
    return (
      <Trouble
        title="This page has broken"
        detail={this.state.message}
        action="Load it again"
        onAction={() => window.location.reload()}
      />
    );
  }
}
