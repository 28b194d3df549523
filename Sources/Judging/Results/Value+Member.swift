import Documents

extension Value {
    /// What a path leads to; undefined when it leads to nothing.
    func member(at steps: [DocumentPath.Step]) -> Value {
        var value = self
        for step in steps {
            switch (step, value.kind) {
            case (.key(let key), .object): value = value.field(named: key)
            case (.index(let index), .array) where index < value.count: value = value.elements[index]
            default: return .undefined
            }
        }
        return value
    }
}
