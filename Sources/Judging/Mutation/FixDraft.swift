import Diagnostics
import Documents
import JSONPatch

/// An object while the fixes of its violations are made.
struct FixDraft {
    private var draft: DocumentDraft
    /// Whether what is set may be replaced and removed; else only what is missing is put in.
    private let overwrites: Bool

    init(_ document: Document, arena: Arena, overwrites: Bool) {
        draft = DocumentDraft(document, arena: arena)
        self.overwrites = overwrites
    }

    var operations: [PatchOperation] { draft.operations }
    var document: Document { draft.document }

    /// Makes the changes of each violation, all of them or none; those that take items from lists come last, from the back.
    mutating func take(_ violations: [[ObjectEdit]]) throws(DocumentDraft.Problem) {
        let moving = violations.filter { $0.contains(where: \.takesItem) }
        var done: Set<ObjectEdit> = []
        let back = moving.sorted { Self.precedes($1[0].path, $0[0].path) }
        for edits in violations.filter({ !$0.contains(where: \.takesItem) }) + back {
            if !overwrites, edits.contains(where: touches) { continue }
            for edit in edits where !edit.takesItem || done.insert(edit).inserted { try make(edit) }
        }
    }

    private static func precedes(_ left: DocumentPath, _ right: DocumentPath) -> Bool {
        for (a, b) in zip(left.steps, right.steps) where a != b {
            if case .index(let a) = a, case .index(let b) = b { return a < b }
            return "\(a)" < "\(b)"
        }
        return left.steps.count < right.steps.count
    }

    /// Whether an edit changes what somebody set.
    private func touches(_ edit: ObjectEdit) -> Bool {
        let current = draft.member(at: Self.steps(edit.path))
        if current.isUndefined || current.kind == .null { return false }
        switch edit.kind {
        case .remove, .rename, .insert: return true
        case .append: return current.kind != .array
        case .add, .replace:
            guard let value = value(edit), value != current else { return false }
            return !(edit.kind == .add && current.kind == .array && value.kind == .array)
        }
    }

    private mutating func make(_ edit: ObjectEdit) throws(DocumentDraft.Problem) {
        let path = Self.steps(edit.path), current = draft.member(at: path)
        switch edit.kind {
        case .remove: if current.isDefined { try draft.apply(PatchOperation(kind: .remove, path: path)) }
        case .rename:
            let new = Array(path.dropLast()) + [edit.value]
            guard current.isDefined, draft.member(at: new).isUndefined else { return }
            try draft.apply(PatchOperation(kind: .move, path: new, from: path))
        case .insert: try draft.apply(PatchOperation(kind: .add, path: path, value: try wanted(edit)))
        case .append: try add([try wanted(edit)], to: current, at: path)
        case .add, .replace:
            let value = try wanted(edit)
            if edit.kind == .add, current.kind == .array, value.kind == .array {
                try add(Array(value.elements), to: current, at: path)
            } else if current.isUndefined {
                try put(value, at: path)
            } else if current != value {
                try draft.apply(PatchOperation(kind: .replace, path: path, value: value))
            }
        }
    }

    /// Puts items at the end of a list that lacks them.
    private mutating func add(_ items: [Value], to list: Value, at path: [String]) throws(DocumentDraft.Problem) {
        guard list.kind == .array else { return try put(draft.arena.array(items), at: path) }
        for item in items where !list.elements.contains(where: { $0 == item }) {
            try draft.apply(PatchOperation(kind: .add, path: path + ["-"], value: item))
        }
    }

    /// Puts in a value and the parents that are missing.
    private mutating func put(_ value: Value, at path: [String]) throws(DocumentDraft.Problem) {
        var depth = 1
        while depth < path.count, [.object, .array].contains(draft.member(at: Array(path.prefix(depth))).kind) { depth += 1 }
        var whole = value
        for key in path[depth...].reversed() {
            whole = draft.arena.object([ObjectEntry(key: draft.arena.string(key), value: whole)])
        }
        try draft.apply(PatchOperation(kind: .add, path: Array(path.prefix(depth)), value: whole))
    }

    private func value(_ edit: ObjectEdit) -> Value? {
        let source = SourceFile(path: "fix.json", text: "[\(edit.value)]")
        guard let read = YAMLReader().read(source).documents.first, read.root.kind == .array, read.root.count == 1 else {
            return nil
        }
        return draft.arena.copy(read.root.elements[0])
    }

    private func wanted(_ edit: ObjectEdit) throws(DocumentDraft.Problem) -> Value {
        guard let value = value(edit) else { throw DocumentDraft.Problem(message: "the fix has a value that is no JSON") }
        return value
    }

    private static func steps(_ path: DocumentPath) -> [String] {
        path.steps.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
    }
}

extension ObjectEdit {
    /// Whether it takes an item from a list.
    fileprivate var takesItem: Bool {
        if kind == .remove, case .index? = path.steps.last { return true }
        return false
    }
}
