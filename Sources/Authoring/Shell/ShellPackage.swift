import Diagnostics
import Documents
import Rego
import RegoSyntax

/// A package that is written line by line: its imports and rules as they were entered.
struct ShellPackage {
    let path: [String]
    private(set) var imports: [(text: String, name: String, path: [String])] = []
    private(set) var rules: [(name: String, text: String)] = []

    init(_ path: [String]) { self.path = path }

    /// Dotted, with parts in quotes that are no names.
    var name: String { Self.name(of: path) }

    static func name(of path: [String]) -> String {
        guard let first = path.first else { return "" }
        return path.dropFirst().reduce(first) { text, part in
            part.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLetterOrDigit } && part.first?.isNumber == false
                ? "\(text).\(part)" : "\(text)[\(quoted(part))]"
        }
    }

    private static func quoted(_ part: String) -> String {
        var (part, text) = (part, [UInt8]())
        part.withUTF8 { JSONWriter.appendString($0, to: &text, escapesHTML: false) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The package as a file.
    func text(adding rules: [String] = []) -> String {
        (["package \(name)"] + imports.map(\.text) + self.rules.map(\.text) + rules).joined(separator: "\n\n") + "\n"
    }

    func source(_ version: RegoVersion) -> ModuleSource {
        ModuleSource(file: SourceFile(path: "<\(name)>", text: text()), version: version)
    }

    func defines(_ name: String) -> Bool { rules.contains { $0.name == name } || imports.contains { $0.name == name } }

    /// What queries call documents that are imported.
    var names: [String: [String]] {
        Dictionary(imports.filter { !$0.path.isEmpty }.map { ($0.name, $0.path) }) { _, last in last }
    }

    /// - Parameter path: with `data` or `input`; empty for keywords.
    mutating func add(import text: String, name: String, path: [String]) {
        if !imports.contains(where: { $0.text == text }) { imports.append((text, name, path)) }
    }

    mutating func add(rules new: [(name: String, text: String)]) { rules += new }

    /// Whether there was such a rule.
    mutating func remove(_ name: String, keepsDefaults: Bool = false) -> Bool {
        let before = rules.count
        rules.removeAll { $0.name == name && !(keepsDefaults && $0.text.hasPrefix("default ")) }
        return rules.count < before
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

extension Package {
    /// The path below `data`.
    var parts: [String] { path.terms.dropFirst().compactMap(\.stringOrVarName) }
}
