import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax
import Text

/// Tells of names that no object has where a module looks for them.
struct PresumedField {
    let presumed: PresumedInput
    let file: SourceFile
    /// Whether the kinds that a module asks for are those that are known, and not others of the same name.
    let isCertain: Bool
    /// What is below `spec` in an object of any kind.
    private let spec: RegoType

    /// Nil for modules that are not about such objects.
    init?(_ presumed: PresumedInput, _ file: SourceFile) {
        guard presumed.concerns(file) else { return nil }
        self.presumed = presumed
        self.file = file
        isCertain = !presumed.namesOtherGroups(file)
        spec =
            presumed.object.members.lazy.compactMap { type -> RegoType? in
                guard case .object(let properties, _) = type else { return nil }
                return properties.first { $0.key == "spec" }?.type
            }.first ?? .any
    }

    /// What is wrong with a name that a type does not have; nil when it may be a name of something else.
    /// - Parameter object: the object that the body asks for; nil for an object of any kind.
    func problem(_ key: Value, in type: RegoType, object: RegoType?, at location: Location) -> Diagnostic? {
        guard let name = key.stringValue, !name.isEmpty else { return nil }
        let known = type.names
        if known.isEmpty { return listProblem(name, in: type, isOfKind: object != nil, at: location) }
        var problem = Diagnostic(
            code: "unknown_field", severity: .warning,
            message: "\(presumed.name) has no field \"\(name)\" here", range: range(of: name, at: location))
        if let near = near(name, known, type, isOfKind: object != nil) {
            problem.hint = "did you mean \"\(near)\"?"
            return problem
        }
        guard let object, isCertain else { return nil }
        if let path = Self.path(to: name, in: object) { problem.hint = "the kind has it at \(path.joined(separator: "."))" }
        return problem
    }

    /// A list that is taken for one of its elements; nil when it may be something else that is meant.
    private func listProblem(_ name: String, in type: RegoType, isOfKind: Bool, at location: Location) -> Diagnostic? {
        let isList = !type.members.isEmpty && type.members.allSatisfy { if case .array = $0 { true } else { false } }
        guard isList, let element = type.iteration?.element else { return nil }
        let isOfElements = element.names.contains(name)
        guard isOfElements || isOfKind && isCertain else { return nil }
        var problem = Diagnostic(
            code: "list_as_object", severity: .warning,
            message: "\(presumed.name) has a list here, and a list has no \"\(name)\"", range: range(of: name, at: location))
        if isOfElements { problem.hint = "its elements have it: write [_].\(name), or go through the list with some … in" }
        return problem
    }

    /// The name that was meant; nil when the name may be one of something else.
    private func near(_ name: String, _ known: [String], _ type: RegoType, isOfKind: Bool) -> String? {
        if let same = known.first(where: { $0.lowercased() == name.lowercased() }) { return same }
        guard let near = Spelling.nearest(to: name, in: known) else { return nil }
        let isTop = type.members.contains { $0 == presumed.object || $0 == presumed.element || $0 == presumed.type }
        if isOfKind && isCertain || !isTop && type != spec { return near }
        // Here custom resources have fields of their own, whose names are often near those of other kinds.
        let isPlural = name == near + "s" || near == name + "s"
        if !isCertain || isTop && isPlural { return nil }
        return Spelling.distance(Array(name.utf8), Array(near.utf8), swapsNeighbours: true) == 1 && name.utf8.count > 5
            ? near : nil
    }

    /// The place of the name in the text of a reference; all of it where the name is not written out.
    private func range(of name: String, at location: Location) -> SourceRange {
        let whole = location.range(in: file)
        let bytes = file.bytes[Int(whole.start)..<Int(whole.end)]
        let found = bytes.ranges(of: Array(name.utf8)).first { range in
            let before = range.lowerBound > bytes.startIndex ? bytes[range.lowerBound - 1] : 0
            let after = range.upperBound < bytes.endIndex ? bytes[range.upperBound] : 0
            return (before == UInt8(ascii: ".") || before == UInt8(ascii: "\"")) && !Self.isName(after)
        }
        guard let found else { return whole }
        return SourceRange(file: file, start: UInt32(found.lowerBound), end: UInt32(found.upperBound))
    }

    private static func isName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || byte >= 0x80 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    /// The shortest way to a member of a name, a few levels down.
    private static func path(to name: String, in object: RegoType) -> [String]? {
        var level: [(path: [String], type: RegoType)] = [([], object)]
        for _ in 0..<6 {
            var next: [(path: [String], type: RegoType)] = []
            for (path, type) in level {
                for case .object(let properties, _) in type.members {
                    for property in properties where property.keyType == .string {
                        if property.key == name, !path.isEmpty { return path + [name] }
                        if !["metadata", "status"].contains(property.key) {
                            next.append((path + [property.key], property.type))
                        }
                    }
                }
            }
            level = Array(next.prefix(4000))
        }
        return nil
    }
}

extension RegoType {
    /// The names of the members that objects of the type may have; empty when they may have others.
    var names: [String] {
        var names: [String] = []
        for type in members {
            guard case .object(let properties, let rest) = type else { continue }
            if rest != nil { return [] }
            names += properties.filter { $0.keyType == .string }.map(\.key)
        }
        return names
    }

    /// As OPA lists the keys of objects: `["a" "b"]`.
    var keyNames: String { "[" + names.sorted().map { "\"\($0)\"" }.joined(separator: " ") + "]" }

    /// Whether its description is short enough for a message.
    var isBrief: Bool {
        var room = 200
        return fits(&room)
    }

    private func fits(_ room: inout Int) -> Bool {
        room -= 1
        if room < 0 { return false }
        switch self {
        case .any, .null, .boolean, .number, .string: return true
        case .set(let element): return element.fits(&room)
        case .array(let leading, let rest):
            for type in leading where !type.fits(&room) { return false }
            return rest?.fits(&room) ?? true
        case .object(let properties, let rest):
            for property in properties where !property.type.fits(&room) { return false }
            guard let rest else { return true }
            return rest.key.fits(&room) && rest.value.fits(&room)
        case .union(let types):
            for type in types where !type.fits(&room) { return false }
            return true
        }
    }

    /// The description, or of a type of very many parts what it is in general.
    var brief: String {
        if isBrief { return description }
        switch self {
        case .object: return "object"
        case .array: return "array"
        case .set: return "set"
        default: return "any<\(members.map { $0.isBrief ? $0.description : $0.brief }.joined(separator: ", "))>"
        }
    }
}
