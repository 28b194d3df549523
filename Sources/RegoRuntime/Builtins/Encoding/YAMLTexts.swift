import Documents

extension Builtins {
    /// Values to YAML text and back (OPA policy reference, "Encoding").
    static let yamlTexts: [Builtin] = [
        Builtin("yaml.marshal", help: "(x) The value as YAML.", .any, returns: .string, work: .content(perKibibyte: 2048)) {
            call in
            // As OPA does: by way of JSON, which makes arrays of sets and texts of keys.
            guard call.mayWrite(call[0]) else { return .undefined }
            var json: [UInt8] = []
            JSONWriter.append(call[0], to: &json)
            guard call.context.hasRoom(for: json.count * 4) else { return call.exceedsMemory() }
            do throws(JSONError) {
                let value = try json.withUnsafeBufferPointer { bytes throws(JSONError) in
                    try JSONReader.value(bytes, in: call.arena)
                }
                return call.arena.string(YAMLWriter.string(value))
            } catch { return call.fail(error.message) }
        },
        Builtin("yaml.unmarshal", help: "(text) The value that YAML text stands for.", .string, returns: .any, work: .readingYAML)
        { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            guard call.hasRoom(toRead: text) else { return call.exceedsMemory() }
            do throws(YAMLError) {
                return try YAMLReader.value(text.utf8, in: call.arena)
            } catch { return call.fail(error.message) }
        },
        Builtin("yaml.is_valid", help: "(text) Whether the text is YAML.", .string, returns: .boolean, work: .readingYAML) {
            call in
            guard call[0].kind == .string else { return .false }
            guard call.hasRoom(toRead: call[0]) else { return call.exceedsMemory() }
            let scratch = Arena.make(capacity: call[0].count * 3 + 64)
            defer { scratch.destroy() }
            return .bool((try? YAMLReader.value(call[0].utf8, in: scratch)) != nil)
        },
    ]
}
