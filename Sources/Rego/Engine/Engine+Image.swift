public import Diagnostics
public import Documents
public import RegoRuntime

extension Engine {
    /// The compiled program and its entrypoints as bytes for `load`; `label` tells what it was made of and `companion`
    /// comes along. Queries and modules are left out.
    public func image(label: String, companion: Value) -> [UInt8] {
        let arena = Arena.make()
        defer { arena.destroy() }
        let functions = entrypoints.map { path, entrypoint in
            ObjectEntry(key: arena.string(path), value: .int(entrypoint.function))
        }
        return ProgramImage.encode(program, extra: arena.array([arena.string(label), arena.object(functions), companion]))
    }

    /// An engine from an image that lives for ever, with the companion, which lives as long as the engine; nil when it
    /// is none or has another label. `file` gives the text of a file by its path, for messages.
    public static func load(
        _ image: UnsafeRawBufferPointer, label: String, builtins: BuiltinTable,
        file: @escaping @Sendable (String) -> SourceFile?
    ) -> (engine: Engine, companion: Value)? {
        guard let (program, extra) = ProgramImage.decode(image, builtins: builtins, file: file),
            extra.elements[0].string == label
        else { return nil }
        let functions = extra.elements[1]
        var entrypoints = [String: Entrypoint](minimumCapacity: functions.count)
        for (path, function) in zip(functions.keys, functions.values) {
            entrypoints[path.string] = Entrypoint(function: Int(function.rawInt))
        }
        let engine = Engine(program: program, rules: [], modules: [], entrypoints: entrypoints, queries: [:])
        return (engine, extra.elements[2])
    }
}
