import './wasmPaths';
import { experiment } from './experiment';

Object.assign(window, { experiment });
