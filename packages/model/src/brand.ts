declare const brand: unique symbol;

/** A `Base` that the compiler will not confuse with any other `Base`; erased at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
