import Documents
import GoLibrary

extension Builtins {
    /// Query strings of URLs (OPA policy reference, "Encoding").
    static let urlQueries: [Builtin] = [
        Builtin(
            "urlquery.encode", help: "(text) The text with URL escapes.", .string, returns: .string,
            work: .content(perKibibyte: 1024)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            var output: [UInt8] = []
            URLEscaping.queryEscape(text.utf8, to: &output)
            return call.arena.string(output)
        },
        Builtin(
            "urlquery.decode", help: "(text) The text that URL escapes stand for.", .string, returns: .string,
            work: .content(perKibibyte: 1024)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(URLEscaping.Invalid) {
                return call.arena.string(try URLEscaping.unescape(text.utf8, .query))
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "urlquery.encode_object", help: "(object) A query string of an object's members.",
            .object(.string, .union([.string, .array(of: .string), .set(of: .string)])),
            returns: .string, work: .content(perKibibyte: 1024)
        ) { call in
            guard let object = call.objectOperand(0) else { return .undefined }
            guard let text = URLQuery.encode(object) else {
                return call.typeFailure("operand 1 values must be string, array[string], or set[string]")
            }
            return call.arena.string(text)
        },
        Builtin(
            "urlquery.decode_object", help: "(text) The parameters of a query string, each an array of values.", .string,
            returns: .object(.string, .array(of: .string)), work: .content(perKibibyte: 1024)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(URLEscaping.Invalid) {
                let values = try URLQuery.parse(text.utf8)
                let arena = call.arena
                return arena.object(
                    values.map { key, values in
                        ObjectEntry(key: arena.string(key), value: arena.array(values.map { arena.string($0) }))
                    })
            } catch { return call.fail(error.message) }
        },
    ]
}

/// The key-value form of query strings.
enum URLQuery {
    /// The query for an object of texts and collections of texts; nil if it holds anything else.
    static func encode(_ object: Value) -> [UInt8]? {
        var output: [UInt8] = []
        func append(_ key: Value, _ value: Value) {
            if !output.isEmpty { output.append(UInt8(ascii: "&")) }
            URLEscaping.queryEscape(key.utf8, to: &output)
            output.append(UInt8(ascii: "="))
            URLEscaping.queryEscape(value.utf8, to: &output)
        }
        for (key, value) in zip(object.keys, object.values) {
            guard key.kind == .string else { return nil }
            switch value.kind {
            case .string: append(key, value)
            case .array, .set:
                for element in value.elements {
                    guard element.kind == .string else { return nil }
                    append(key, element)
                }
            default: return nil
            }
        }
        return output
    }

    /// The values of each key, in order.
    static func parse(_ query: UnsafeBufferPointer<UInt8>) throws(URLEscaping.Invalid) -> [[UInt8]: [[UInt8]]] {
        var result: [[UInt8]: [[UInt8]]] = [:]
        for pair in query.split(separator: UInt8(ascii: "&")) {
            if pair.contains(UInt8(ascii: ";")) {
                throw URLEscaping.Invalid(message: "invalid semicolon separator in query")
            }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let key = try URLEscaping.unescape(pair[..<equals], .query)
            result[key, default: []].append(try URLEscaping.unescape(pair[equals...].dropFirst(), .query))
        }
        return result
    }
}
