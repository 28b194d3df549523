/// Which field of which kinds a transformer changes.
struct FieldSpec: Equatable {
    /// The kinds; empty parts match all.
    var gvk = Gvk()
    /// Field names from the root; lists in between need no name.
    let path: String
    /// The names of the path; a slash after a backslash belongs to the name.
    let steps: [String]
    /// Whether a missing field is made.
    var creates = false

    init(_ path: String, gvk: Gvk = Gvk(), creates: Bool = false) {
        self.path = path
        steps = PathText.split(path, "/")
        self.gvk = gvk
        self.creates = creates
    }

    static let fieldNames: Set<String> = ["group", "version", "kind", "path", "create"]

    /// One entry of a `fieldSpecs` list.
    init(_ fields: Fields) throws(BuildError) {
        path = try fields.text("path")?.text ?? ""
        try PathText.require(path.utf8.count { $0 == UInt8(ascii: "/") }, at: fields.node)
        steps = PathText.split(path, "/")
        gvk = try Gvk(fields)
        creates = try fields.flag("create")
    }

    static func list(_ fields: [Fields]) throws(BuildError) -> [FieldSpec] {
        var specs: [FieldSpec] = []
        for entry in fields { specs.append(try FieldSpec(entry)) }
        return specs
    }

    /// The entries in the order of their kinds: one for all kinds comes after those for most.
    static func sort(_ specs: inout [FieldSpec]) {
        let placed = specs.enumerated().map { (place: LegacyOrder.place($1.gvk), offset: $0, spec: $1) }
        specs = placed.sorted { ($0.place.rank, $0.place.text, $0.offset) < ($1.place.rank, $1.place.text, $1.offset) }
            .map(\.spec)
    }

    /// The same field of other kinds.
    func of(_ gvk: Gvk) -> FieldSpec {
        var copy = self
        copy.gvk = gvk
        return copy
    }

    /// Adds entries unless one is there for the same field of the same kinds or of some of them; if those differ in
    /// `creates` they contradict each other.
    static func merge(_ specs: inout [FieldSpec], _ more: [FieldSpec]) throws(BuildError) {
        for spec in more {
            guard let same = specs.first(where: { $0.path == spec.path && $0.gvk.isSelected(by: spec.gvk) }) else {
                specs.append(spec)
                continue
            }
            if same.creates != spec.creates { throw BuildError("conflicting fieldspecs") }
        }
    }
}

extension Gvk {
    /// The parts that a settings entry gives.
    init(_ fields: Fields) throws(BuildError) {
        self.init(
            group: try fields.text("group")?.text ?? "", version: try fields.text("version")?.text ?? "",
            kind: try fields.text("kind")?.text ?? "")
    }
}

/// Paths of fields as text.
enum PathText {
    /// Steps of one path.
    private static let mostSteps = 1_000

    /// - Throws: a limit for a path with more steps than objects may be deep.
    static func require(_ count: Int, at node: Node?) throws(BuildError) {
        if count > mostSteps { throw .limit("the path has more than \(mostSteps) steps", at: node?.origin) }
    }

    /// The parts between separators; a separator after a backslash belongs to the part.
    static func split(_ path: String, _ separator: Character) -> [String] {
        if let byte = separator.asciiValue, !path.utf8.contains(UInt8(ascii: "\\")) {
            return path.utf8.split(separator: byte, omittingEmptySubsequences: false).map { String(Substring($0)) }
        }
        var parts: [String] = []
        for piece in path.split(separator: separator, omittingEmptySubsequences: false) {
            if let last = parts.last, last.hasSuffix("\\") {
                parts[parts.count - 1] = String(last.dropLast()) + String(separator) + piece
            } else {
                parts.append(String(piece))
            }
        }
        return parts
    }

    /// The same, with separators inside of `[…]` belonging to the part.
    static func splitBrackets(_ path: String, _ separator: Character) -> [String] {
        var parts: [String] = []
        var open: String?
        for piece in split(path, separator) {
            if let text = open {
                let joined = text + String(separator) + piece
                open = piece.hasSuffix("]") ? nil : joined
                // Without an equals sign it is the name of a field.
                if open == nil { parts.append(joined.contains("=") ? joined : String(joined.dropFirst().dropLast())) }
            } else if piece.hasPrefix("["), !piece.hasSuffix("]") {
                open = piece
            } else {
                parts.append(piece)
            }
        }
        if let open { parts.append(open) }
        return parts
    }
}
