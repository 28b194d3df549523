package import Diagnostics
import Documents
import Inputs
import RegoSyntax
import Text

/// Packs `policies/` into the form `PackedPolicies` reads, after checking the metadata.
package struct PolicyPacker {
    private struct File {
        var path: String
        var source: SourceFile
        var package: String
    }

    /// What is packed beside Rego and examples.
    private static let dataPaths = ["frameworks/", "languages/", "enforcement.yaml"]

    /// The packed policies, or nil when a policy is not in order.
    package static func pack(_ folder: String) -> (bytes: [UInt8]?, problems: [Diagnostic]) {
        let found = FileDiscovery(suffixes: ["rego", "yaml", "json"]).files(at: [folder])
        var problems = found.problems
        var files: [File] = []
        var dataFiles: [File] = []
        for file in found.files {
            let path = String(file.path.dropFirst(FilePath.normalized(folder).count + 1))
            // Tests of policies and what they share are for authors to read; they are never compiled with the library.
            let isTest = path.hasSuffix("/policy_test.rego") || path.hasSuffix("fixture_test.rego")
            let isModule = path.hasSuffix(".rego") && !path.hasSuffix("_test.rego")
            let isExample = path.hasSuffix("/pass.yaml") || path.hasSuffix("/fail.yaml")
            if !isModule, !isTest, !isExample, !dataPaths.contains(where: path.hasPrefix) { continue }
            do {
                let source = SourceFile(path: file.path, bytes: try FileSystem.read(file.path))
                let entry = File(path: path, source: source, package: isModule ? packageName(source) : "")
                if isModule { files.append(entry) } else { dataFiles.append(entry) }
            } catch {
                problems.append(Diagnostic(reading: error))
            }
        }
        var writer = PolicyPacker(modules: files)
        writer.addPolicies(&problems)
        if problems.contains(where: { $0.severity == .error }) { return (nil, problems) }
        return (writer.assemble(dataFiles), problems)
    }

    private let modules: [File]
    private let numbers: [String: [Int]]
    private var policies: [Value] = []
    private var kept: [Document] = []
    private let arena: Arena
    private let owner: Document

    private init(modules: [File]) {
        self.modules = modules
        numbers = Dictionary(grouping: modules.indices) { modules[$0].package }
        arena = Arena.make(capacity: 1 << 16)
        owner = Document(arena: arena, root: .null)
    }

    private mutating func addPolicies(_ problems: inout [Diagnostic]) {
        var check = MetadataCheck()
        for (number, module) in modules.enumerated() where module.path.hasSuffix("/policy.rego") {
            let (syntax, found) = Parser.parseModule(module.source)
            problems += found
            guard let block = syntax.packageAnnotations else {
                problems.append(
                    Diagnostic(
                        code: "metadata_error", message: "a policy needs a METADATA block above its package",
                        range: SourceRange(file: module.source, start: 0, end: 0)))
                continue
            }
            problems += block.problems + check.problems(of: block, package: module.package, path: module.path)
            kept.append(block.document)
            policies.append(
                arena.object([
                    "module": .int(number), "entrypoint": arena.string("data.\(module.package).deny"),
                    "title": block.document.root.field("title").orNull,
                    "description": block.document.root.field("description").orNull,
                    "related_resources": block.document.root.field("related_resources").orNull,
                    "custom": block.document.root.field("custom").orNull,
                ]))
        }
    }

    /// By id, as the library has them.
    private func inOrder(_ policies: [Value]) -> [Value] {
        func id(_ policy: Value) -> String { policy.field("custom").field("id").stringValue ?? "" }
        return policies.sorted { id($0) < id($1) }
    }

    private func assemble(_ dataFiles: [File]) -> [UInt8] {
        var texts: [UInt8] = []
        var digest = FNVHash()
        func place(_ file: File) -> (offset: Value, size: Value) {
            let offset = texts.count
            texts += file.source.bytes
            digest.combine(file.path.utf8)
            digest.combine(file.source.bytes)
            return (.int(offset), .int(file.source.bytes.count))
        }
        let moduleValues = modules.enumerated().map { number, module in
            let (offset, size) = place(module)
            return arena.object([
                "path": arena.string(module.path), "package": arena.string(module.package), "offset": offset, "size": size,
                "uses": arena.array(uses(of: number).map { .int($0) }),
            ])
        }
        let fileValues = dataFiles.map { file in
            let (offset, size) = place(file)
            return arena.object(["path": arena.string(file.path), "offset": offset, "size": size])
        }
        let index = arena.object([
            "digest": arena.string(digest.text), "modules": arena.array(moduleValues),
            "policies": arena.array(inOrder(policies)), "files": arena.array(fileValues),
        ])
        var json: [UInt8] = []
        JSONWriter.append(index, to: &json)
        return Array("\(PackedPolicies.signature)\(json.count)\n".utf8) + json + texts
    }

    /// Modules whose package a `data.` reference of the text names; naming too many only costs compile time.
    private func uses(of number: Int) -> [Int] {
        let module = modules[number]
        var found: Set<Int> = []
        for reference in Self.references(module.source.bytes) {
            var parts = reference.split(separator: ".")
            while !parts.isEmpty {
                if let exact = numbers[parts.joined(separator: ".")] {
                    found.formUnion(exact)
                    break
                }
                parts.removeLast()
            }
        }
        // Files of one package are one module to their users.
        found.formUnion(numbers[module.package] ?? [])
        found.remove(number)
        return found.sorted()
    }

    /// The dotted names after each `data.` in code.
    private static func references(_ bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var found: [String] = []
        for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("#") {
            var rest = Substring(line)
            while let range = rest.firstRange(of: "data.") {
                rest = rest[range.upperBound...]
                found.append(String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }))
            }
        }
        return found
    }

    private static func packageName(_ source: SourceFile) -> String {
        for line in String(decoding: source.bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("package ") {
            return String(line.dropFirst(8).prefix { $0 != " " && $0 != "#" && $0 != "\r" })
        }
        return ""
    }
}

extension Value {
    /// The value itself, or null in place of undefined, which no collection may hold.
    var orNull: Value { isDefined ? self : .null }
}
