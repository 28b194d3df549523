/// A Rego type, as builtins declare and the type checker infers them (OPA `v1/types`).
public indirect enum RegoType: Sendable, Hashable {
    case any
    case null
    case boolean
    case number
    case string
    /// An array with known leading elements and, if any length is allowed, the type of the rest.
    case array(static: [RegoType], dynamic: RegoType?)
    case set(of: RegoType)
    /// An object with known keys and, if others are allowed, their key and value types.
    case object(static: [Property], dynamic: DynamicProperty?)
    /// One of several; empty means `any`.
    case union([RegoType])

    /// A known key of an object type.
    public struct Property: Sendable, Hashable {
        /// The key, or the JSON text of one that is no string.
        public var key: String
        /// The type of the key.
        public var keyType: RegoType
        public var type: RegoType
        public init(_ key: String, _ type: RegoType, keyType: RegoType = .string) {
            (self.key, self.type, self.keyType) = (key, type, keyType)
        }
    }

    /// The type of the other keys and values of an object type.
    public struct DynamicProperty: Sendable, Hashable {
        public var key: RegoType
        public var value: RegoType
        public init(_ key: RegoType, _ value: RegoType) { (self.key, self.value) = (key, value) }
    }

    /// An array of any length.
    public static func array(of element: RegoType) -> RegoType { .array(static: [], dynamic: element) }
    /// An object with any keys.
    public static func object(_ key: RegoType, _ value: RegoType) -> RegoType {
        .object(static: [], dynamic: DynamicProperty(key, value))
    }
    /// Any array.
    public static var anyArray: RegoType { .array(of: .any) }
    /// Any set.
    public static var anySet: RegoType { .set(of: .any) }
    /// Any object.
    public static var anyObject: RegoType { .object(.any, .any) }
}
