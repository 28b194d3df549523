/// A JSON value that keeps numbers as text and members in order; the exchange form of syntax trees.
public indirect enum SyntaxJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// The number as written.
    case number(String)
    case string(String)
    case array([SyntaxJSON])
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: SyntaxJSON

        public init(_ name: String, _ value: SyntaxJSON) {
            self.name = name
            self.value = value
        }
    }
}
