extension Builtins {
    /// All builtins of the language.
    public static let standard: [Builtin] = arithmetic + comparison + sets
}
