import Catalogue
import Diagnostics
import Documents
import RegoRuntime

/// A place that help is asked for.
struct HelpPlace {
    let file: SourceFile
    let offset: Int
    let scope: Scope

    init(_ call: APICall, library: PolicyLibrary, limits: PlaygroundLimits) throws {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        guard let path = try MemberReader(body.root).string("file"),
            let file = (workspace.sources(.policies) + workspace.sources(.tests)).first(where: { $0.path == path })
        else { throw PlaygroundError.badRequest("`file` must be one of the policies or tests.") }
        let position = body.root.field("position")
        guard position.kind == .object, let line = try MemberReader(position, place: "position").int("line"),
            let column = try MemberReader(position, place: "position").int("column")
        else { throw PlaygroundError.badRequest("`position` needs `line` and `column`.") }
        self.file = file
        offset = TextPosition(line: line, column: column).offset(in: file)
        scope = Scope(workspace, file: file, offset: offset, library: library, limit: limits.resources)
    }

    /// Whether the place is neither in a comment nor in a string.
    var isCode: Bool {
        let line = file.byteRange(ofLine: file.line(at: offset))
        var quote: UInt8?, isEscaped = false
        for byte in file.bytes[line.lowerBound..<max(line.lowerBound, min(offset, line.upperBound))] {
            if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
                    isEscaped = true
                } else if byte == open {
                    quote = nil
                }
            } else if byte == UInt8(ascii: "#") {
                return false
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                quote = byte
            }
        }
        return quote == nil
    }
}

/// What may be written where a reference ends.
struct Completion {
    struct Item {
        var label: String
        var kind: String
        var detail = ""
        var text = ""

        var json: JSON {
            .members([
                "label": .string(label), "kind": .string(kind), "insert": .string(label),
                "detail": detail.isEmpty ? nil : .string(detail), "text": text.isEmpty ? nil : .string(text),
            ])
        }
    }

    let items: [Item]

    init(_ scope: Scope, _ reference: Reference?) {
        guard let reference, !reference.isBare else {
            items = Self.names(scope)
            return
        }
        // What stands before the last dot.
        var parent = reference
        parent.steps.removeLast()
        var items: [Item] = []
        if let node = scope.node(parent) {
            items = scope.fields(of: node).map { Item(label: $0.name, kind: "field", detail: $0.type, text: $0.text) }
        } else if let path = scope.dataPath(parent) {
            items = Self.members(at: path, scope)
        }
        if let prefix = parent.dotted {
            items += BuiltinHelp.all.filter { $0.name.hasPrefix(prefix + ".") }.map { entry in
                Item(
                    label: String(entry.name.dropFirst(prefix.count + 1)), kind: "builtin", detail: entry.signature,
                    text: entry.text)
            }
        }
        self.items = items
    }

    private static func members(at path: [String], _ scope: Scope) -> [Item] {
        scope.rules(of: path).filter { !$0.name.hasPrefix("test_") }.map(item)
            + scope.packages(below: path).map { Item(label: $0, kind: "package") }
            + scope.dataMembers(at: path).map { name, value in
                Item(label: name, kind: "field", detail: value.typeName, text: ValueText.term(value, limit: 200))
            }
    }

    private static func item(_ rule: RuleHelp) -> Item {
        Item(label: rule.name, kind: rule.isFunction ? "function" : "rule", detail: rule.signature, text: rule.text)
    }

    /// What a statement may begin with.
    private static func names(_ scope: Scope) -> [Item] {
        var items = scope.variables.map { Item(label: $0, kind: "variable") }
        items += [
            Item(label: "input", kind: "keyword", text: "The object that is judged."),
            Item(label: "data", kind: "keyword", text: "Data and the rules of all packages."),
        ]
        items += scope.importNames.map { Item(label: $0.name, kind: "package", detail: $0.path.joined(separator: ".")) }
        items += scope.rules(of: scope.package).filter { !$0.name.hasPrefix("test_") }.map(item)
        items += Keywords.all.map { Item(label: $0.name, kind: "keyword", text: $0.text) }
        items += BuiltinHelp.all.filter { $0.infix == nil && !$0.name.hasPrefix("internal.") }.map {
            Item(label: $0.name, kind: "builtin", detail: $0.signature, text: $0.text)
        }
        return items + [Item(label: "print", kind: "builtin", detail: "print(…)", text: "Writes its arguments to the output.")]
    }
}

/// Rego's keywords with what they do.
enum Keywords {
    static let all: [(name: String, text: String)] = [
        ("if", "The conditions under which the rule holds."),
        ("contains", "The rule is a set; this is an element of it."),
        ("some", "Declares variables, or tries the elements of a collection."),
        ("in", "Whether a collection has a value."),
        ("every", "Whether all elements fulfil the conditions."),
        ("not", "Whether an expression is undefined or false."),
        ("with", "Evaluates the expression with another input or data."),
        ("as", "The other value, or the name of an import."),
        ("default", "The value of a rule when nothing else gives one."),
        ("else", "The value when the conditions before do not hold."),
        ("import", "Brings in a package, a rule or part of the input under a short name."),
        ("package", "Where the rules of this file stand below data."),
        ("true", "The boolean."), ("false", "The boolean; a rule that is false does not hold."), ("null", "No value."),
    ]
}
