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

        init(_ map: GoMap) {
            func text(_ key: String) -> String { map[key]?.asString ?? "" }
            (name, version, repository) = (text("name"), text("version"), text("repository"))
            (condition, alias) = (text("condition"), text("alias"))
            tags = map["tags"]?.items?.compactMap(\.asString) ?? []
            importValues = map["import-values"]?.items ?? []
        }
    }

    var name: String
    var version: String
    var apiVersion: String
    var appVersion: GoValue?
    var type: String
    var kubeVersion: String
    var dependencies: [Dependency]
    private let map: GoMap

    init(_ map: GoMap) {
        self.map = map
        func text(_ key: String) -> String { map[key]?.asString ?? "" }
        (name, version, type, kubeVersion) = (text("name"), text("version"), text("type"), text("kubeVersion"))
        apiVersion = text("apiVersion").isEmpty ? "v1" : text("apiVersion")
        dependencies = map["dependencies"]?.items?.compactMap(\.asMap).map(Dependency.init) ?? []
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
        var names: Set<String> = []
        for dependency in dependencies {
            let name = dependency.alias.isEmpty ? dependency.name : dependency.alias
            if !names.insert(name).inserted {
                return "validation: more than one dependency with name or alias \(GoText.quoted(name))"
            }
        }
        return nil
    }

    /// The text of `appVersion`; nil when it is none.
    var appVersionText: String? { map["appVersion"]?.asString }

    /// The value of `.Chart`, under the names that the fields have in Go.
    func value(isRoot: Bool) -> GoValue {
        let result = GoMap()
        let texts = [
            ("Home", "home"), ("Version", "version"), ("Description", "description"), ("Icon", "icon"),
            ("Condition", "condition"), ("Tags", "tags"), ("AppVersion", "appVersion"), ("KubeVersion", "kubeVersion"),
            ("Type", "type"),
        ]
        for (field, key) in texts { result[field] = Self.text(map[key]) }
        result["Name"] = GoValue(.string(name), trace: map["name"]?.trace)
        result["APIVersion"] = GoValue(.string(apiVersion), trace: map["apiVersion"]?.trace)
        result["Deprecated"] = .bool(map["deprecated"]?.isTrue ?? false)
        result["IsRoot"] = .bool(isRoot)
        // Texts in lists come out as maps without members: Helm makes maps of all it finds in lists.
        for (field, key) in [("Keywords", "keywords"), ("Sources", "sources")] {
            result[field] = .list((map[key]?.items ?? []).map { _ in .map(GoMap()) })
        }
        result["Maintainers"] = .list(
            (map["maintainers"]?.items ?? []).map { item in
                .map(
                    GoMap(
                        [("Name", "name"), ("Email", "email"), ("URL", "url")].map { ($0, Self.text(item.asMap?[$1])) })
                )
            })
        result["Annotations"] = .map(
            GoMap(
                (map["annotations"]?.asMap).map { annotations in
                    annotations.keys.map { ($0, Self.text(annotations[$0])) }
                } ?? [], .string))
        result["Dependencies"] = .list(dependencies.map(Self.value))
        return .map(result)
    }

    private static func text(_ value: GoValue?) -> GoValue {
        GoValue(.string(value?.asString ?? ""), trace: value?.trace)
    }

    private static func value(_ dependency: Dependency) -> GoValue {
        .map(
            GoMap([
                ("Name", .string(dependency.name)), ("Version", .string(dependency.version)),
                ("Repository", .string(dependency.repository)), ("Condition", .string(dependency.condition)),
                ("Tags", .list(dependency.tags.map { _ in .map(GoMap()) })), ("Enabled", .bool(dependency.isEnabled)),
                ("ImportValues", .list(dependency.importValues.map { _ in .map(GoMap()) })),
                ("Alias", .string(dependency.alias)),
            ]))
    }
}
