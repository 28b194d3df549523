package import Documents
package import Judging

/// A field that differs.
package struct FieldChange: Sendable {
    package enum Kind: String, Sendable {
        case added, removed, changed
        /// The items of a list are the same in another order.
        case reordered
    }

    package var kind: Kind
    /// The way to it, with the items of lists by what tells them apart: `spec.containers[web].image`.
    package var path: String
    /// The ways in both objects; where it is absent, to where it would be.
    package var oldPath: DocumentPath
    package var newPath: DocumentPath
    /// The values; nil where it is absent.
    package var old: ShownValue?
    package var new: ShownValue?
    /// The lines that differ, of a text of several.
    package var lines: [LineChange] = []
    /// How many more lines differ in what is not shown.
    package var hiddenLines = 0
    /// Where the values are written; nil where it is absent or stands in no file.
    package var oldPlace: SourcePlace?
    package var newPlace: SourcePlace?

    init(_ kind: Kind, path: String, oldPath: DocumentPath, newPath: DocumentPath) {
        (self.kind, self.path, self.oldPath, self.newPath) = (kind, path, oldPath, newPath)
    }
}

/// A line of a text that is only in one of two texts.
package struct LineChange: Sendable, Hashable {
    package var isAdded: Bool
    package var text: String
}

/// The fields of two objects that differ.
package struct FieldChanges: Sendable {
    package var list: [FieldChange] = []
    /// How many more there are.
    package var omitted = 0
    /// How many fields differ only by what servers and controllers write.
    package var ignored = 0

    package var isEmpty: Bool { list.isEmpty && omitted == 0 }
}
