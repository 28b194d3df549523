import Documents
import Text

extension ConftestText {
    /// The JSON of `conftest test -o json`; `loc` is where what the rule objects to stands.
    var json: String {
        let document = Document { arena in
            func entry(_ key: String, _ value: Value) -> ObjectEntry { ObjectEntry(key: arena.string(key), value: value) }
            func value(_ result: ConftestResults.Result) -> Value {
                var members = [entry("msg", arena.string(result.message))]
                var place = [entry("file", arena.string(result.file == "-" ? "" : result.file))]
                if let line = result.line {
                    place.append(entry("line", .int(Int64(line))))
                    members.append(entry("loc", arena.object(place)))
                }
                let metadata = result.metadata.map { member in
                    var text = member.json
                    return entry(member.name, text.withUTF8 { try? JSONReader.value($0, in: arena) } ?? .null)
                }
                if !metadata.isEmpty { members.append(entry("metadata", arena.object(metadata))) }
                return arena.object(members)
            }
            return arena.array(
                results.files.map { file in
                    var members = [
                        entry("filename", arena.string(file.path == "-" ? "" : file.path)),
                        entry("namespace", arena.string(file.namespace)), entry("successes", .int(Int64(file.successes))),
                    ]
                    let lists = [("warnings", file.warnings), ("failures", file.failures), ("exceptions", file.exceptions)]
                    for (name, list) in lists where !list.isEmpty { members.append(entry(name, arena.array(list.map(value)))) }
                    return arena.object(members)
                })
        }
        return JSONWriter.string(document.root, style: .pretty) + "\n"
    }

    var junit: String {
        var cases = "", failed = 0, count = 0
        for file in results.files {
            func name(_ message: String) -> String {
                let first = message.split(separator: "\n", maxSplits: 1).first.map { " - \($0)" } ?? ""
                return XMLText.escaped("\(file.path) - \(file.namespace)\(first)")
            }
            for result in file.warnings + file.failures {
                failed += 1
                count += 1
                let place = result.line.map { "\(result.file):\($0): " } ?? ""
                cases += "    <testcase classname=\"conftest\" name=\"\(name(result.message))\" time=\"0.000\">\n"
                cases +=
                    "      <failure message=\"Failed\" type=\"\">\(XMLText.escaped(place + result.message))</failure>\n    </testcase>\n"
            }
            for _ in 0..<file.successes {
                count += 1
                cases += "    <testcase classname=\"conftest\" name=\"\(name(""))\" time=\"0.000\"></testcase>\n"
            }
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite tests="\(count)" failures="\(failed)" time="0.000" name="conftest">
            \(cases)  </testsuite>
            </testsuites>

            """
    }
}

/// Results as SARIF 2.1.0, with the rules that Conftest has in it.
struct ConftestSARIF {
    private let results: ConftestResults

    init(_ results: ConftestResults) { self.results = results }

    var text: String {
        let document = Document { arena in
            var rules: [String] = []
            var list: [Value] = []
            func add(_ rule: String, _ level: String, _ message: String, _ file: String, _ line: Int?) {
                if !rules.contains(rule) { rules.append(rule) }
                var place = [
                    ObjectEntry(
                        key: arena.string("artifactLocation"),
                        value: arena.object(["uri": arena.string(Self.uri(file))]))
                ]
                if let line {
                    place.append(
                        ObjectEntry(key: arena.string("region"), value: arena.object(["startLine": .int(Int64(line))])))
                }
                list.append(
                    arena.object([
                        "ruleId": arena.string(rule), "ruleIndex": .int(Int64(rules.firstIndex(of: rule) ?? 0)),
                        "level": arena.string(level), "message": arena.object(["text": arena.string(message)]),
                        "locations": arena.array([arena.object(["physicalLocation": arena.object(place)])]),
                    ]))
            }
            for file in results.files {
                for result in file.failures { add("\(file.namespace)/deny", "error", result.message, result.file, result.line) }
                for result in file.warnings { add("\(file.namespace)/warn", "warning", result.message, result.file, result.line) }
                for result in file.exceptions { add("\(file.namespace)/allow", "note", result.message, result.file, result.line) }
                if file.tests == file.successes, file.successes > 0 {
                    add("\(file.namespace)/success", "none", "Policy was satisfied successfully", file.path, nil)
                }
            }
            let driver = arena.object([
                "name": arena.string("conftest"),
                "informationUri": arena.string("https://github.com/open-policy-agent/conftest"),
                "rules": arena.array(rules.map { arena.object(["id": arena.string($0)]) }),
            ])
            let run = arena.object([
                "tool": arena.object(["driver": driver]), "results": arena.array(list),
                "invocations": arena.array([
                    arena.object([
                        "executionSuccessful": .bool(true), "exitCode": .int(results.failures > 0 ? 1 : 0),
                    ])
                ]),
            ])
            return arena.object([
                "version": arena.string("2.1.0"),
                "$schema": arena.string("https://json.schemastore.org/sarif-2.1.0.json"), "runs": arena.array([run]),
            ])
        }
        return JSONWriter.string(document.root, style: .pretty) + "\n"
    }

    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain = byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}%?#".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
