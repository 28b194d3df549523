package import Documents

/// What metadata may say in `fix`: an operation, a list of them, or the rule that returns them.
package enum FixMetadata {
    /// What `op` can be.
    package static let operations = ["add", "replace", "remove", "rename"]

    /// What is wrong with it; nil for what is in order or missing.
    static func problem(of fix: Value) -> String? {
        if fix.isUndefined { return nil }
        if fix.kind == .object, fix.field("rule").isDefined {
            let isRight =
                fix.count == 1 && fix.field("rule").stringValue.map { !$0.isEmpty && $0.utf8.allSatisfy(isOfName) } == true
            return isRight ? nil : "fix is {rule: NAME}, the rule of the package that returns operations of JSON Patch"
        }
        let operations = fix.kind == .array ? Array(fix.elements) : [fix]
        if !operations.isEmpty, operations.allSatisfy(isRight) { return nil }
        return "fix is {op: add, path: a/b, value: ..., unsafe: true}, an operation replace, remove or rename, a list of "
            + "these, or {rule: NAME}"
    }

    private static func isRight(_ operation: Value) -> Bool {
        let kind = operation.field("op").stringValue, path = operation.field("path").stringValue ?? ""
        let hasSteps = path == "." || path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
        let unsafe = operation.field("unsafe"), value = operation.field("value")
        guard operation.kind == .object, let kind, Self.operations.contains(kind), hasSteps,
            unsafe.isUndefined || unsafe.kind == .bool,
            operation.keys.allSatisfy({ ["op", "path", "value", "unsafe"].contains($0.string) })
        else { return false }
        if kind == "rename" { return path != "." && !(value.stringValue ?? "").isEmpty }
        return (kind == "remove") != value.isDefined
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F
    }
}
