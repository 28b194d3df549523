import Documents
import GoLibrary
import GoTemplate

/// JSON, YAML and TOML in templates. Helm's own functions swallow errors; those with `must` report them.
enum FormatFunctions {
    private static let mapType = "map[string]interface {}"
    private static let listType = "[]interface {}"

    static let all: [TemplateFunction] = [
        function("toYaml", [.any], origin: .own) { YAMLForm.text($0[0], keepsOrigins: $0.run.keepsOrigins) },
        function("mustToYaml", [.any], origin: .own) { YAMLForm.text($0[0], keepsOrigins: $0.run.keepsOrigins) },
        function("toYamlPretty", [.any]) { .string(PrettyYAML.text($0[0])) },
        function("fromYaml", [.string], origin: .own) { call in
            quiet(mapType, yaml(call[0].asBytes ?? [], mapType))
        },
        function("fromYamlArray", [.string], origin: .own) { call in
            quiet(listType, yaml(call[0].asBytes ?? [], listType))
        },
        function("fromJson", [.string], origin: .own) { call in
            // Go takes the map or slice away for null.
            let result = json(call[0].asBytes ?? [], mapType)
            if case .success(let value) = result, value.isNil { return .map(.none(.any)) }
            return quiet(mapType, result)
        },
        function("fromJsonArray", [.string], origin: .own) { call in
            let result = json(call[0].asBytes ?? [], listType)
            if case .success(let value) = result, value.isNil { return .nilList() }
            return quiet(listType, result)
        },
        function("mustFromJson", [.string], origin: .own) { try json($0[0].asBytes ?? [], nil).get() },
        function("fromToml", [.string], origin: .own) { call in
            do throws(TOMLReader.Problem) {
                return .map(try TOMLReader.map(call[0].asBytes ?? []))
            } catch {
                return .map(GoMap([("Error", .string(error.text))]))
            }
        },
        function("toJson", [.any]) { .string((try? JSONForm.text($0[0])) ?? "") },
        function("toPrettyJson", [.any]) { .string((try? JSONForm.text($0[0], indent: "  ")) ?? "") },
        function("toToml", [.any]) { call in
            do throws(TOMLWriter.Problem) {
                return .string(try TOMLWriter.text(call[0]))
            } catch {
                return .string(error.message)
            }
        },
        function("mustToToml", [.any]) { call in
            do throws(TOMLWriter.Problem) {
                return .string(try TOMLWriter.text(call[0]))
            } catch {
                throw FunctionFailure(error.message)
            }
        },
        function("toRawJson", [.any]) { .string(try must($0[0], escapesHTML: false)) },
        function("mustToJson", [.any]) { .string(try must($0[0])) },
        function("mustToPrettyJson", [.any]) { .string(try must($0[0], indent: "  ")) },
        function("mustToRawJson", [.any]) { .string(try must($0[0], escapesHTML: false)) },
    ]

    private static func must(_ value: GoValue, escapesHTML: Bool = true, indent: String? = nil) throws -> String {
        do throws(JSONForm.Problem) {
            return try JSONForm.text(value, escapesHTML: escapesHTML, indent: indent)
        } catch {
            throw FunctionFailure(error.message)
        }
    }

    /// A problem in the place of the value, where Helm puts it.
    private static func quiet(_ type: String, _ result: Result<GoValue, FunctionFailure>) -> GoValue {
        switch result {
        case .success(let value):
            if value.isNil { return type == mapType ? .map(GoMap()) : .list([]) }
            return value
        case .failure(let failure):
            return type == mapType
                ? .map(GoMap([("Error", .string(failure.message))])) : .list([.string(failure.message)])
        }
    }

    private static func fits(_ value: GoValue, _ type: String) -> Bool {
        value.isNil || (type == mapType ? value.asMap != nil : value.asList != nil)
    }

    private static func yaml(_ bytes: [UInt8], _ type: String) -> Result<GoValue, FunctionFailure> {
        do throws(YAMLForm.Problem) {
            let value = try YAMLForm.value(bytes)
            return fits(value, type) ? .success(value) : .failure(FunctionFailure(YAMLForm.mismatch(value, type)))
        } catch {
            return .failure(FunctionFailure(error.message))
        }
    }

    private static func json(_ bytes: [UInt8], _ type: String?) -> Result<GoValue, FunctionFailure> {
        let arena = Arena.make()
        defer { arena.destroy() }
        return bytes.withUnsafeBufferPointer { bytes in
            guard let value = try? JSONReader.value(bytes, in: arena) else {
                return .failure(FunctionFailure(GoJSONProblem.unmarshalMessage(for: bytes) ?? "invalid JSON"))
            }
            let result = GoValue(value)
            if let type, !fits(result, type) {
                let kind = JSONKind.name(result)
                return .failure(FunctionFailure("json: cannot unmarshal \(kind) into Go value of type \(type)"))
            }
            return .success(result)
        }
    }
}
