package import Documents

/// Judges custom resources by the schemas of their definitions.
package enum CustomObjectCheck {
    /// What is wrong with an object of a kind.
    package static func faults(
        of document: Document, _ kind: CustomKind, release: Release, catalogue: TypeCatalogue = .builtin
    ) -> [Fault] {
        let inspection = Inspection(document, release: release)
        guard let shape = kind.shape else { return [] }
        var causes: [DocumentPath] = []
        if !kind.preservesUnknown {
            var unknown = UnknownFields(inspection, root: shape)
            unknown.check(inspection.root, shape, isResource: true)
            causes = unknown.causes
        }
        causes += checkMetadata(inspection, kind, catalogue)
        inspection.forgetNodes()
        let start = inspection.faults.count
        var check = CustomCheck(inspection)
        // What the server fills in counts, and what it drops does not.
        let written = inspection.root.value
        let arena = shape.hasDefaults || written.holdsNull ? Arena.make(capacity: 4096) : nil
        defer { arena?.destroy() }
        let stored = arena.map { Defaulting(in: $0, dropsNulls: true).defaulted(written, shape) } ?? written
        let root = Node(inspection: inspection, value: stored, link: -1)
        check.check(root, shape)
        inspection.dropAnswered(by: causes, from: start)
        let count = inspection.faults.count
        ListCheck(inspection: inspection).check(root, shape)
        EmbeddedCheck(inspection: inspection, catalogue: catalogue).check(root, shape, isResource: true)
        inspection.dropConsequences(of: check.causes, from: count)
        inspection.reportExhaustion()
        return inspection.faults
    }

    private static func checkMetadata(_ inspection: Inspection, _ kind: CustomKind, _ catalogue: TypeCatalogue)
        -> [DocumentPath]
    {
        let metadata = inspection.root["metadata"]
        var causes: [DocumentPath] = []
        let configMap = TypeReference(group: "", version: "v1", kind: "ConfigMap")
        if let shape = catalogue.shape(of: configMap, in: inspection.release), let field = shape.field("metadata") {
            var structure = StructureCheck(inspection, catalogue: catalogue, root: shape, type: configMap)
            structure.check(metadata, field.shape)
            causes = structure.causes
        }
        let start = inspection.faults.count
        MetadataRules(metadata: metadata).check(nameForm: { NameRule.dnsSubdomain($0) })
        inspection.dropConsequences(of: causes, from: start)
        return causes
    }

    /// The findings of one schema for a value that is not an object of the API by itself: what the server's validation of
    /// custom resources says, without what it drops or fills in first.
    /// - Parameter comparisons: how many comparisons are made at most; nil for what an object gets.
    package static func faults(
        ofValueIn document: Document, _ shape: CustomShape, release: Release, comparisons: Int? = nil
    ) -> [Fault] {
        let inspection = Inspection(
            document, release: release, comparisons: comparisons ?? Inspection.comparisons)
        var check = CustomCheck(inspection)
        check.check(inspection.root, shape)
        inspection.reportExhaustion()
        return inspection.faults
    }

    /// The entries that are twice in lists of type set or map.
    package static func duplicates(in document: Document, _ shape: CustomShape) -> [Fault] {
        let inspection = Inspection(document, release: TypeCatalogue.builtin.newest)
        ListCheck(inspection: inspection).check(inspection.root, shape)
        return inspection.faults
    }

    /// What is wrong with objects of the API inside a value.
    package static func embedded(in document: Document, _ shape: CustomShape, isResource: Bool) -> [Fault] {
        let inspection = Inspection(document, release: TypeCatalogue.builtin.newest)
        EmbeddedCheck(inspection: inspection).check(inspection.root, shape, isResource: isResource)
        return inspection.faults
    }
}
