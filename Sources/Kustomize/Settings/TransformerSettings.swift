/// Which fields the transformers of a kustomization change: kustomize's defaults and those of `configurations` and `crds`.
struct TransformerSettings {
    /// Which fields hold the name of a kind.
    struct NameReference {
        var target: Gvk
        var referrers: [FieldSpec]
    }

    var namePrefix: [FieldSpec] = []
    var nameSuffix: [FieldSpec] = []
    var namespace: [FieldSpec] = []
    var commonLabels: [FieldSpec] = []
    var templateLabels: [FieldSpec] = []
    var labels: [FieldSpec] = []
    var commonAnnotations: [FieldSpec] = []
    var nameReferences: [NameReference] = []
    var variables: [FieldSpec] = []
    var images: [FieldSpec] = []
    var replicas: [FieldSpec] = []

    /// Adds the settings of another kustomization or file.
    mutating func merge(_ other: TransformerSettings) throws(BuildError) {
        if !mergeDefaults(other) { try mergeEach(other) }
    }

    /// Adds the settings of another kustomization entry by entry.
    mutating func mergeEach(_ other: TransformerSettings) throws(BuildError) {
        try FieldSpec.merge(&namePrefix, other.namePrefix)
        try FieldSpec.merge(&nameSuffix, other.nameSuffix)
        try FieldSpec.merge(&namespace, other.namespace)
        try FieldSpec.merge(&commonLabels, other.commonLabels)
        try FieldSpec.merge(&templateLabels, other.templateLabels)
        try FieldSpec.merge(&labels, other.labels)
        try FieldSpec.merge(&commonAnnotations, other.commonAnnotations)
        try FieldSpec.merge(&variables, other.variables)
        try FieldSpec.merge(&images, other.images)
        try FieldSpec.merge(&replicas, other.replicas)
        for reference in other.nameReferences { try merge(reference) }
    }

    /// Adds settings that are the defaults alone, as those of most kustomizations are, to none or to the same.
    /// - Returns: whether there is nothing left to do.
    private mutating func mergeDefaults(_ other: TransformerSettings) -> Bool {
        guard other.isOne(with: DefaultSettings.merged) else { return false }
        if isOne(with: other) { return true }
        guard nameReferences.isEmpty, lists.allSatisfy(\.isEmpty) else { return false }
        self = other
        return true
    }

    private var lists: [[FieldSpec]] {
        [
            namePrefix, nameSuffix, namespace, commonLabels, templateLabels, labels, commonAnnotations, variables, images,
            replicas,
        ]
    }

    /// Whether all lists are those of other settings, in the same memory.
    private func isOne(with other: TransformerSettings) -> Bool {
        func isOne<Element>(_ left: [Element], _ right: [Element]) -> Bool {
            left.count == right.count
                && left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress } }
        }
        return isOne(nameReferences, other.nameReferences) && zip(lists, other.lists).allSatisfy { isOne($0, $1) }
    }

    /// Puts the entries into the order of their kinds, as kustomize does after reading files.
    private mutating func sort() {
        FieldSpec.sort(&namePrefix)
        FieldSpec.sort(&nameSuffix)
        FieldSpec.sort(&namespace)
        FieldSpec.sort(&commonLabels)
        FieldSpec.sort(&templateLabels)
        FieldSpec.sort(&labels)
        FieldSpec.sort(&commonAnnotations)
        FieldSpec.sort(&variables)
        FieldSpec.sort(&images)
        FieldSpec.sort(&replicas)
    }

    /// The defaults with the settings of files. What a file says of some kinds can so take the place of what the defaults
    /// say of all, when both are added to those of other folders.
    static func defaults(with paths: [Node], _ loader: Loader) throws(BuildError) -> TransformerSettings {
        if paths.isEmpty { return DefaultSettings.merged }
        var result = DefaultSettings.all
        result.sort()
        try result.merge(try files(paths, loader))
        result.sort()
        return result
    }

    private mutating func merge(_ reference: NameReference) throws(BuildError) {
        guard let index = nameReferences.firstIndex(where: { $0.target == reference.target }) else {
            nameReferences.append(reference)
            return
        }
        // References of defaults are the same list in every kustomization.
        if nameReferences[index].referrers == reference.referrers { return }
        try FieldSpec.merge(&nameReferences[index].referrers, reference.referrers)
    }

    /// The settings of one file of `configurations`.
    init(_ fields: Fields) throws(BuildError) {
        try fields.require(onlyFields: Self.fieldNames)
        func specs(_ name: String, of fields: Fields) throws(BuildError) -> [FieldSpec] {
            let entries = try fields.objects(name, type: "FieldSpec")
            for entry in entries { try entry.require(onlyFields: FieldSpec.fieldNames) }
            return try FieldSpec.list(entries)
        }
        func specs(_ name: String) throws(BuildError) -> [FieldSpec] { try specs(name, of: fields) }
        namePrefix = try specs("namePrefix")
        nameSuffix = try specs("nameSuffix")
        namespace = try specs("namespace")
        commonLabels = try specs("commonLabels")
        templateLabels = try specs("templateLabels")
        labels = try specs("labels")
        commonAnnotations = try specs("commonAnnotations")
        variables = try specs("varReference")
        images = try specs("images")
        replicas = try specs("replicas")
        for entry in try fields.objects("nameReference", type: "NameBackReferences") {
            try entry.require(onlyFields: ["group", "version", "kind", "fieldspecs"])
            let referrers = try specs("fieldSpecs", of: entry)
            try merge(NameReference(target: try Gvk(entry), referrers: referrers))
        }
    }

    private static let fieldNames: Set<String> = [
        "nameprefix", "namesuffix", "namespace", "commonlabels", "templatelabels", "labels", "commonannotations",
        "namereference", "varreference", "images", "replicas",
    ]

    init() {}

    /// The settings of several files.
    private static func files(_ paths: [Node], _ loader: Loader) throws(BuildError) -> TransformerSettings {
        var result = TransformerSettings()
        for path in paths {
            // What follows the first document is not looked at.
            if let tree = try loader.trees(path.valueText, at: path).first {
                try result.merge(try TransformerSettings(try Fields(tree, type: "TransformerConfig", isLenient: true)))
                result.sort()
            }
        }
        return result
    }
}
