import Foundation
import Testing

/// What Lintel judges is what `kubectl` sends. Generated manifests go through both: each object that kubectl makes of a file
/// must be among those that policies see, or the file must be reported as broken.
///
/// `LINTEL_DIFFERENCES=100000` tries that many, `LINTEL_DIFFERENCES_SEED` other ones, `KUBECTL` names the program.
@Suite struct KubectlDifferenceTests {
    /// A JSON value that tells booleans, integers and texts apart.
    enum JSON: Decodable, Hashable, CustomStringConvertible {
        case null
        case bool(Bool)
        case int(Int64)
        case double(Double)
        case string(String)
        case array([JSON])
        case object([String: JSON])

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let value = try? box.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? box.decode(Int64.self) {
                self = .int(value)
            } else if let value = try? box.decode(Double.self) {
                self = value == value.rounded() && abs(value) < 9e18 ? .int(Int64(value)) : .double(value)
            } else if let value = try? box.decode(String.self) {
                self = .string(value)
            } else if let value = try? box.decode([JSON].self) {
                self = .array(value)
            } else {
                self = .object(try box.decode([String: JSON].self))
            }
        }

        var description: String {
            switch self {
            case .null: "null"
            case .bool(let value): "\(value)"
            case .int(let value): "\(value)"
            case .double(let value): "\(value) (double)"
            case .string(let value): "\"\(value)\""
            case .array(let items): "[\(items.map(\.description).joined(separator: ", "))]"
            case .object(let members):
                "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
            }
        }

        subscript(key: String) -> JSON? { if case .object(let members) = self { members[key] } else { nil } }
    }

    static let kubectl: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["KUBECTL"] { return named }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(.enabled(if: kubectl != nil, "kubectl is not installed: the manifests of both readers are not compared"))
    func differences() throws {
        let count = Self.number("LINTEL_DIFFERENCES") ?? 10_000, seed = UInt64(Self.number("LINTEL_DIFFERENCES_SEED") ?? 1)
        var compared = 0, failures = 0
        for start in stride(from: 0, to: count, by: 500) {
            let folder = try TemporaryFolder()
            var texts: [String: String] = [:]
            for number in start..<min(start + 500, count) {
                var tricks = ManifestTricks(seed: seed, number: number)
                let (text, suffix) = tricks.file()
                try folder.write(text, to: "in/d\(number).\(suffix)")
                texts["d\(number)"] = text
            }
            let (judged, broken) = try judged(in: folder), sent = try sent(from: folder)
            compared += sent.count
            for object in sent {
                guard case .string(let name)? = object["metadata"]?["name"] else { continue }
                let file = String(name.prefix { $0 != "-" })
                if broken.contains(file) || judged[name]?.contains(canonical(object)) ?? false { continue }
                failures += 1
                if failures > 20 { continue }
                Issue.record(
                    "\(name) of seed \(seed): kubectl sends \(object)\nLintel judges \(judged[name] ?? [])\nof\n\(texts[file] ?? "")"
                )
            }
        }
        #expect(failures == 0)
        #expect(compared > count / 3, "kubectl refused most of the manifests")
    }

    /// The server reads `/v1` as `v1`.
    private func canonical(_ object: JSON) -> JSON {
        guard case .object(var members) = object else { return object }
        if case .string("/v1")? = members["apiVersion"] { members["apiVersion"] = .string("v1") }
        return .object(members)
    }

    /// What policies see, by the object's name, and the files that are reported as broken.
    private func judged(in folder: TemporaryFolder) throws -> (objects: [String: Set<JSON>], broken: Set<String>) {
        try folder.write("package p\n\ndeny contains json.marshal(input)\n", to: "p.rego")
        let run = try LintelRun(["check", "--no-builtin", "--policy", "p.rego", "--format", "json", "in"], in: folder.url)
        let report = try JSONDecoder().decode(JSON.self, from: Data(run.output.utf8))
        var objects: [String: Set<JSON>] = [:], broken: Set<String> = []
        guard case .array(let findings)? = report["findings"], case .array(let diagnostics)? = report["diagnostics"] else {
            return ([:], [])
        }
        for finding in findings {
            guard case .string(let text)? = finding["message"] else { continue }
            let object = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
            if case .string(let name)? = object["metadata"]?["name"] { objects[name, default: []].insert(object) }
        }
        for diagnostic in diagnostics {
            guard case .string(let path)? = diagnostic["file"] else { continue }
            broken.insert(String(path.split(separator: "/").last!.prefix { $0 != "." }))
        }
        return (objects, broken)
    }

    /// What kubectl makes of the files; those it refuses are left out. An empty patch changes nothing and needs no server.
    private func sent(from folder: TemporaryFolder) throws -> [JSON] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.kubectl))
        process.arguments = ["patch", "--local", "--type=json", "-p", "[]", "-o", "json", "-f", "in"]
        process.currentDirectoryURL = folder.url
        let output = folder.url.appendingPathComponent("out")
        try Data().write(to: output)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = String(decoding: try Data(contentsOf: output), as: UTF8.self).components(separatedBy: "\n}\n").filter {
            !$0.isEmpty
        }
        return try texts.map { try JSONDecoder().decode(JSON.self, from: Data(($0 + "\n}").utf8)) }
    }
}
