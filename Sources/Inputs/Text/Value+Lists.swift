package import Documents

extension Value {
    /// An array's elements; nothing for any other kind.
    package var array: UnsafeBufferPointer<Value> { kind == .array ? elements : UnsafeBufferPointer(start: nil, count: 0) }

    /// The strings among an array's elements; empty for any other kind.
    package var strings: [String] { kind == .array ? elements.compactMap(\.stringValue) : [] }
}
