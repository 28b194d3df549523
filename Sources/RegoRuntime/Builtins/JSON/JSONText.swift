import Documents
import GoLibrary

extension Builtins {
    private static let marshalOptions = RegoType.object(
        static: [
            RegoType.Property("indent", .string), RegoType.Property("prefix", .string),
            RegoType.Property("pretty", .boolean),
        ], dynamic: RegoType.DynamicProperty(.string, .any))

    /// Values to JSON text and back (OPA policy reference, "Encoding").
    static let jsonTexts: [Builtin] = [
        Builtin("json.marshal", help: "(x) The value as JSON.", .any, returns: .string) { call in
            guard call.mayWrite(call[0]) else { return .undefined }
            var output: [UInt8] = []
            JSONWriter.append(call[0], to: &output)
            return call.arena.string(output)
        },
        Builtin(
            "json.marshal_with_options", help: "(x, options) The value as JSON with indentation and prefix.", .any,
            marshalOptions, returns: .string
        ) { call in
            guard let options = call.objectOperand(1) else { return .undefined }
            guard let style = marshalStyle(options, &call) else { return .undefined }
            guard call.mayWrite(call[0], indent: style) else { return .undefined }
            var output: [UInt8] = []
            JSONWriter.append(call[0], to: &output, style: style)
            return call.arena.string(output)
        },
        Builtin("json.unmarshal", help: "(text) The value that JSON text stands for.", .string, returns: .any, work: .reading) {
            call in
            guard let text = call.stringOperand(0) else { return .undefined }
            guard call.hasRoom(toRead: text) else { return call.exceedsMemory() }
            do throws(JSONError) {
                return try JSONReader.value(text.utf8, in: call.arena)
            } catch {
                return call.fail(GoJSONProblem.message(for: text.utf8) ?? error.message)
            }
        },
        Builtin("json.is_valid", help: "(text) Whether the text is JSON.", .string, returns: .boolean, work: .reading) { call in
            guard call[0].kind == .string else { return .false }
            guard call.hasRoom(toRead: call[0]) else { return call.exceedsMemory() }
            let scratch = Arena.make(capacity: call[0].count * 3 + 64)
            defer { scratch.destroy() }
            return .bool((try? JSONReader.value(call[0].utf8, in: scratch)) != nil)
        },
    ]

    /// The layout that the options ask for: `indent` or `prefix` alone turn it on.
    private static func marshalStyle(_ options: Value, _ call: inout BuiltinCall) -> JSONWriter.Style? {
        var style = JSONWriter.Style(indent: "\t")
        var isPretty = false, isExplicit = false
        for (key, value) in zip(options.keys, options.values) {
            switch key.stringValue {
            case "pretty":
                guard let flag = value.boolValue else {
                    _ = call.typeFailure("operand 2 key \"pretty\" failed cast to bool")
                    return nil
                }
                (isPretty, isExplicit) = (flag, true)
            case let name? where name == "indent" || name == "prefix":
                guard let text = value.stringValue else {
                    _ = call.typeFailure(
                        "operand 2 key \"\(name)\" failed cast to string: operand 0 must be string but got "
                            + value.typeName)
                    return nil
                }
                if name == "indent" { style.indent = text } else { style.prefix = text }
                if !isExplicit { isPretty = true }
            default:
                _ = call.typeFailure("operand 2 object contained unknown key \(RegoTermWriter.string(key))")
                return nil
            }
        }
        return isPretty ? style : JSONWriter.Style.compact
    }
}
