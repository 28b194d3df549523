extension TypeCatalogue {
    /// The shape of what an object says it is, in a release; in the newest one that has the kind when none is given.
    package func shape(of type: TypeReference, in release: Release? = nil) -> Shape? {
        guard let entry = kind(group: type.group, version: type.version, kind: type.kind),
            let release = release ?? entry.releases.last
        else { return nil }
        return shape(of: entry, in: release)
    }

    /// The field that names lead to from the top of a kind, stepping over elements of lists and keys of maps in between:
    /// `["spec", "template", "spec", "containers", "ports"]`. Its `patchMergeKey`, `patchStrategy`, `list` and `listKeys`
    /// say how patches merge it. Nil where there is no such field.
    package func field(_ names: [String], of type: TypeReference, in release: Release? = nil) -> Shape.Field? {
        guard var shape = shape(of: type, in: release) else { return nil }
        var found: Shape.Field?
        for name in names {
            while shape.form == .array || shape.form == .map, let element = shape.element { shape = element }
            guard let field = shape.field(name) else { return nil }
            found = field
            shape = field.shape
        }
        return found
    }
}
