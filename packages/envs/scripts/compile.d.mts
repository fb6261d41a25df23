/** A digest of what the module is made from. */
export declare const digest: () => Promise<string>;
