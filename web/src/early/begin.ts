// A program of its own, of some hundred bytes: it asks for the first answers while the browser still fetches the page's.
import { askEarly } from './answers';
import { firstPaths } from './firstPaths';

askEarly(firstPaths(window.location));
