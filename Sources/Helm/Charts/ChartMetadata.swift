import GoLibrary
import GoTemplate

/// What `Chart.yaml` says about a chart.
struct ChartMetadata {
    /// A chart that this one needs.
    struct Dependency {
        var name: String
        var version: String
        var repository: String
        var condition: String
        var tags: [String]
        var importValues: [GoValue]
        var alias: String
        var isEnabled = true

        init(_ fields: ChartFields) throws(YAMLForm.Problem) {
            (name, version) = (try fields.text("name").clean, try fields.text("version").clean)
            (repository, condition) = (try fields.text("repository").clean, try fields.text("condition").clean)
            alias = try fields.text("alias").text
            tags = try fields.texts("tags").map(\.clean)
            importValues = try fields.list("import-values", "interface {}")
        }
    }

    var name: String
    var version: String
    var apiVersion: String
    /// The text of `appVersion`.
    var appVersionText: String
    var type: String
    var kubeVersion: String
    var dependencies: [Dependency]
    private let values: GoMap
    /// Whether lists name something that is nothing.
    private var hasEmptyMaintainer = false
    private var hasEmptyDependency = false

    /// - Throws: for fields that hold values of other types.
    init(_ map: GoMap) throws(YAMLForm.Problem) {
        let fields = ChartFields(map, path: "")
        let (shownName, shownVersion) = (try fields.text("name"), try fields.text("version"))
        (name, version) = (shownName.clean, shownVersion.text)
        (type, kubeVersion) = (try fields.text("type").text, try fields.text("kubeVersion").clean)
        let api = try fields.text("apiVersion")
        apiVersion = api.text.isEmpty ? "v1" : api.text
        let appText = try fields.text("appVersion")
        appVersionText = appText.clean
        values = GoMap([
            ("Name", shownName.cleanValue), ("Version", shownVersion.value), ("Type", try fields.text("type").value),
            ("APIVersion", GoValue(.string(apiVersion), trace: api.value.trace)), ("AppVersion", appText.cleanValue),
            ("Deprecated", .bool(try fields.flag("deprecated"))),
        ])
        for (field, key) in [
            ("Home", "home"), ("Description", "description"), ("Icon", "icon"), ("Condition", "condition"), ("Tags", "tags"),
            ("KubeVersion", "kubeVersion"),
        ] { values[field] = try fields.text(key).cleanValue }
        for (field, key) in [("Keywords", "keywords"), ("Sources", "sources")] {
            values[field] = .list(try fields.texts(key).map(\.cleanValue))
        }
        var maintainers: [GoValue] = []
        for item in try fields.objects("maintainers", "[]*v2.Maintainer", "v2.Maintainer") {
            guard let item else { hasEmptyMaintainer = true; continue }
            let members = GoMap()
            for (field, key) in [("Name", "name"), ("Email", "email"), ("URL", "url")] {
                members[field] = try item.text(key).cleanValue
            }
            maintainers.append(.map(members))
        }
        values["Maintainers"] = .list(maintainers)
        values["Annotations"] = try fields.map("annotations").map { .map($0) } ?? .map(.none(.string))
        dependencies = []
        for item in try fields.objects("dependencies", "[]*v2.Dependency", "v2.Dependency") {
            guard let item else { hasEmptyDependency = true; continue }
            dependencies.append(try Dependency(item))
        }
    }

    /// Why the chart is not well-formed, as Helm words it.
    var problem: String? {
        if name.isEmpty { return "validation: chart.metadata.name is required" }
        if name.contains("/") { return "validation: chart.metadata.name \(GoText.quoted(name)) is invalid" }
        if version.isEmpty { return "validation: chart.metadata.version is required" }
        if Semver(version) == nil { return "validation: chart.metadata.version \(GoText.quoted(version)) is invalid" }
        if !["", "application", "library"].contains(type) {
            return "validation: chart.metadata.type must be application or library"
        }
        if hasEmptyMaintainer { return "validation: maintainers must not contain empty or null nodes" }
        if hasEmptyDependency { return "validation: dependencies must not contain empty or null nodes" }
        var names: Set<String> = []
        for dependency in dependencies {
            if !dependency.alias.isEmpty, !dependency.alias.utf8.allSatisfy(Self.isAllowedInAlias) {
                return "validation: dependency \(GoText.quoted(dependency.name)) has disallowed characters in the alias"
            }
            let name = dependency.alias.isEmpty ? dependency.name : dependency.alias
            if !names.insert(name).inserted {
                return "validation: more than one dependency with name or alias \(GoText.quoted(name))"
            }
        }
        return nil
    }

    private static func isAllowedInAlias(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 < 26
    }

    /// The value of `.Chart`, under the names that the fields have in Go.
    func value(isRoot: Bool) -> GoValue {
        let result = values.copy()
        // An alias has taken the place of the name.
        if result["Name"]?.asString != name { result["Name"] = .string(name) }
        result["IsRoot"] = .bool(isRoot)
        result["Dependencies"] = .list(dependencies.map(Self.value))
        return .map(result)
    }

    private static func value(_ dependency: Dependency) -> GoValue {
        // Names alone have become the tables that they stand for when templates see them.
        let imports = dependency.importValues.map { entry -> GoValue in
            guard let name = entry.asString else { return entry }
            return .map(GoMap([("child", .string("exports." + name)), ("parent", .string("."))]))
        }
        return .map(
            GoMap([
                ("Name", .string(dependency.name)), ("Version", .string(dependency.version)),
                ("Repository", .string(dependency.repository)), ("Condition", .string(dependency.condition)),
                ("Tags", .list(dependency.tags.map { .string($0) })), ("Enabled", .bool(dependency.isEnabled)),
                ("ImportValues", .list(imports)), ("Alias", .string(dependency.alias)),
            ]))
    }
}
