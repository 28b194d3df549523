/// A value as reports may show it: without what nobody is to see, and not longer than anybody reads.
package indirect enum ShownValue: Sendable, Hashable {
    /// The value of a Secret or a credential.
    case hidden
    case text(String)
    /// A number, `true`, `false` or `null`, as it is written.
    case literal(String)
    case list([ShownValue])
    case mapping([Member])
    /// What is left out of a large value.
    case more

    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: ShownValue

        package init(name: String, value: ShownValue) {
            self.name = name
            self.value = value
        }
    }
}
