import GoLibrary

/// Globs as `glob.match` has them, for callers outside of policies.
public enum Globs {
    /// Whether the whole text matches, with no delimiters: `*` crosses slashes. Nil when the pattern cannot be read.
    public static func matches(_ pattern: String, _ text: String) -> Bool? {
        Array(pattern.utf8).withUnsafeBufferPointer { bytes in
            guard let glob = try? GlobPattern(bytes, delimiters: []) else { return nil }
            return Array(text.utf8).withUnsafeBufferPointer { glob.matches($0) }
        }
    }
}
