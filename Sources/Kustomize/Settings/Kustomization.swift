/// What a kustomization file says; values are nodes, so that their places are known.
struct Kustomization {
    /// `Kustomization` or `Component`.
    var kind = ""
    var fileName: String
    var root: Node

    var namePrefix: Node?
    var nameSuffix: Node?
    var namespace: Node?
    var commonLabels: [(key: Node, value: Node)] = []
    var commonAnnotations: [(key: Node, value: Node)] = []
    var labels: [Fields] = []
    var patchesStrategicMerge: [Node] = []
    var patchesJSON6902: [Fields] = []
    var patches: [Fields] = []
    var images: [Fields] = []
    var replacements: [Node] = []
    var replicas: [Fields] = []
    var variables: [Fields] = []

    var resources: [Node] = []
    var components: [Node] = []
    var customResources: [Node] = []
    var configMaps: [Fields] = []
    var secrets: [Fields] = []
    var generatorOptions: Fields?
    var charts: [Fields] = []
    var chartGlobals: Fields?
    var configurations: [Node] = []
    var generators: [Node] = []
    var transformers: [Node] = []
    var validators: [Node] = []
    var buildMetadata: [Node] = []
    var openAPI: Fields?
    var sortOptions: Fields?

    static let fieldNames: Set<String> = Set(
        [
            "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace", "commonLabels",
            "labels",
            "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches", "images", "imageTags",
            "replacements", "replicas", "vars", "sortOptions", "resources", "components", "crds", "bases",
            "configMapGenerator", "secretGenerator", "helmGlobals", "helmCharts", "helmChartInflationGenerator",
            "generatorOptions", "configurations", "generators", "transformers", "validators",
            "buildMetadata",
        ].map { $0.lowercased() })

    /// Reads a kustomization file.
    init(_ root: Node, fileName: String) throws(BuildError) {
        self.root = root
        self.fileName = fileName
        let fields = try Fields(root, type: "Kustomization")
        try fields.require(onlyFields: Self.fieldNames)
        kind = try fields.text("kind")?.text ?? "Kustomization"
        namePrefix = try fields.text("namePrefix")
        nameSuffix = try fields.text("nameSuffix")
        namespace = try fields.text("namespace")
        commonLabels = try fields.map("commonLabels")
        commonAnnotations = try fields.map("commonAnnotations")
        labels = try fields.objects("labels", type: "Label")
        for entry in labels {
            try entry.require(onlyFields: ["pairs", "includeselectors", "includetemplates", "fields"])
            for spec in try entry.objects("fields", type: "FieldSpec") { try spec.require(onlyFields: FieldSpec.fieldNames) }
        }
        patchesStrategicMerge = try fields.texts("patchesStrategicMerge")
        patchesJSON6902 = try fields.objects("patchesJson6902", type: "Patch")
        patches = try fields.objects("patches", type: "Patch")
        for entry in patches + patchesJSON6902 {
            try entry.require(onlyFields: ["path", "patch", "target", "options"])
            try entry.object("target", type: "Selector")?.require(onlyFields: Self.selectorFields)
            guard let options = try entry.object("options", type: "PatchArgs") else { continue }
            try options.require(onlyFields: ["allownamechange", "allowkindchange"])
            for name in ["allowNameChange", "allowKindChange"] { _ = try options.flag(name) }
        }
        images = try fields.objects("images", type: "Image") + fields.objects("imageTags", type: "Image")
        for entry in images { try entry.require(onlyFields: ["name", "newname", "tagsuffix", "newtag", "digest"]) }
        replacements = try fields.list("replacements")
        replicas = try fields.objects("replicas", type: "Replica")
        for entry in replicas { try entry.require(onlyFields: ["name", "count"]) }
        variables = try fields.objects("vars", type: "Var")
        try readOperands(fields)
    }

    private mutating func readOperands(_ fields: Fields) throws(BuildError) {
        resources = try fields.texts("resources") + fields.texts("bases")
        components = try fields.texts("components")
        customResources = try fields.texts("crds")
        configMaps = try fields.objects("configMapGenerator", type: "ConfigMapArgs")
        secrets = try fields.objects("secretGenerator", type: "SecretArgs")
        for entry in configMaps + secrets {
            let isSecret = entry.type == "SecretArgs"
            try entry.require(onlyFields: isSecret ? Self.generatorFields.union(["type"]) : Self.generatorFields)
            try entry.object("options", type: "GeneratorOptions")?.require(onlyFields: Self.generatorOptionFields)
        }
        generatorOptions = try fields.object("generatorOptions", type: "GeneratorOptions")
        try generatorOptions?.require(onlyFields: Self.generatorOptionFields)
        charts = try fields.objects("helmCharts", type: "HelmChart")
        charts += try fields.objects("helmChartInflationGenerator", type: "HelmChartArgs")
        chartGlobals = try fields.object("helmGlobals", type: "HelmGlobals")
        try chartGlobals?.require(onlyFields: ["charthome", "confighome"])
        for name in ["chartHome", "configHome"] { _ = try chartGlobals?.text(name) }
        configurations = try fields.texts("configurations")
        generators = try fields.texts("generators")
        transformers = try fields.texts("transformers")
        validators = try fields.texts("validators")
        buildMetadata = try fields.texts("buildMetadata")
        openAPI = try fields.object("openapi", type: "openapi")
        sortOptions = try fields.object("sortOptions", type: "SortOptions")
        try sortOptions?.require(onlyFields: ["order", "legacysortoptions"])
        try sortOptions?.object("legacySortOptions", type: "LegacySortOptions")?.require(
            onlyFields: ["orderfirst", "orderlast"])
        try fields.object("metadata", type: "ObjectMeta")?.require(
            onlyFields: ["name", "namespace", "labels", "annotations"])
        try check(fields)
    }

    static let selectorFields: Set<String> = [
        "group", "version", "kind", "name", "namespace", "labelselector", "annotationselector",
    ]
    private static let generatorOptionFields: Set<String> = ["labels", "annotations", "disablenamesuffixhash", "immutable"]
    private static let generatorFields: Set<String> = [
        "namespace", "name", "behavior", "literals", "files", "envs", "env", "options",
    ]

    private func check(_ fields: Fields) throws(BuildError) {
        let isEmpty = root.entries.allSatisfy { $0.value.isNull || ["apiVersion", "kind"].contains($0.key.text) }
        if isEmpty { throw BuildError("kustomization.yaml is empty", at: root) }
        if kind != "Kustomization", kind != "Component" {
            throw BuildError(
                "Failed to read kustomization file: kind should be Kustomization or Component", at: fields["kind"])
        }
        guard let version = try fields.text("apiVersion") else { return }
        let wanted = "kustomize.config.k8s.io/" + (kind == "Component" ? "v1alpha1" : "v1beta1")
        if version.text != wanted { throw BuildError("apiVersion for \(kind) should be \(wanted)", at: version) }
    }

    /// Whether an option of `buildMetadata` is set.
    func has(_ option: String) -> Bool { buildMetadata.contains { $0.text == option } }

    /// Fields in use that kustomize calls deprecated, and what to use instead.
    var deprecations: [(message: String, node: Node)] {
        let successors = [
            ("bases", "resources"), ("commonLabels", "labels"), ("imageTags", "images"), ("patchesJson6902", "patches"),
            ("patchesStrategicMerge", "patches"), ("vars", "replacements"),
        ]
        return successors.compactMap { name, successor in
            guard let key = root.keyNode(name), let value = root.field(name), !value.isNullOrEmpty else { return nil }
            return ("'\(name)' is deprecated; kustomize wants '\(successor)' instead", key)
        }
    }
}
