/** @throws if a build brings data or a start function */
export declare const checkStandsAlone: (bytes: Uint8Array) => void;
