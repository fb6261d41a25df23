/** A digest of what a build is made from. */
export declare const digest: (relaxed: boolean) => Promise<string>;
export declare const builds: readonly { readonly name: 'simd' | 'relaxed'; readonly relaxed: boolean }[];
