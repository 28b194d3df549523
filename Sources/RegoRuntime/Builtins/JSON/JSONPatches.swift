import Documents
import JSONPatch

extension Builtins {
    private static let patch = RegoType.object(
        static: [RegoType.Property("op", .string), RegoType.Property("path", .any)],
        dynamic: RegoType.DynamicProperty(.any, .any))

    /// JSON Patch (RFC 6902) with OPA's extensions: paths as arrays, sets as targets.
    static let jsonPatches: [Builtin] = [
        Builtin(
            "json.patch", help: "(object, patches) The value after the operations of a JSON Patch.", .any, .array(of: patch),
            returns: .any
        ) { call in
            guard let operations = call.arrayOperand(1) else { return .undefined }
            var patcher = JSONPatcher(root: call[0], arena: call.arena)
            for operation in operations.elements {
                // Each collection on the way is copied.
                let width = patcher.width(of: operation)
                guard call.context.spend(100 &+ 4 &* width) else { return call.stopped() }
                guard call.context.hasRoom(for: 64 &* width) else { return call.exceedsMemory() }
                do throws(JSONPatcher.Problem) {
                    try patcher.apply(operation)
                } catch {
                    return error.isTypeError ? call.typeFailure(error.message) : call.fail(error.message)
                }
            }
            if patcher.root.isUndefined { return call.fail("cannot render a deleted document") }
            return patcher.root
        }
    ]
}
