import GoTemplate

/// Which of a chart's dependencies take part, and which values they lend (Helm's `dependencies.go`).
struct DependencyRules {
    var merge = ValuesMerge()

    mutating func apply(to chart: Chart, _ values: GoMap) throws {
        try enable(chart, values, path: "")
        try importValues(chart)
    }

    private static func isCompatible(_ constraint: String, _ version: String) -> Bool {
        guard let constraint = try? SemverConstraint(constraint), let version = Semver(version) else { return false }
        return constraint.matches(version)
    }

    // MARK: Which take part

    private mutating func enable(_ chart: Chart, _ values: GoMap, path: String) throws {
        if chart.metadata.dependencies.isEmpty { return }
        var kept = chart.dependencies.filter { child in
            !chart.metadata.dependencies.contains {
                $0.name == child.name && Self.isCompatible($0.version, child.metadata.version)
            }
        }
        for index in chart.metadata.dependencies.indices {
            let wanted = chart.metadata.dependencies[index]
            if let found = chart.dependencies.first(where: {
                $0.name == wanted.name && Self.isCompatible(wanted.version, $0.metadata.version)
            }) {
                kept.append(found.copy(named: wanted.alias.isEmpty ? found.name : wanted.alias))
            }
            if !wanted.alias.isEmpty { chart.metadata.dependencies[index].name = wanted.alias }
            chart.metadata.dependencies[index].isEnabled = true
        }
        chart.setDependencies(kept)
        let coalesced = try merge.coalesced(chart, values)
        applyTags(chart, coalesced)
        applyConditions(chart, coalesced, path: path)
        let disabled = Set(chart.metadata.dependencies.filter { !$0.isEnabled }.map(\.name))
        let remaining = chart.dependencies.filter { !disabled.contains($0.name) }
        for child in remaining { try enable(child, coalesced, path: path + child.name + ".") }
        chart.metadata.dependencies.removeAll { disabled.contains($0.name) }
        chart.setDependencies(remaining)
    }

    private mutating func applyTags(_ chart: Chart, _ values: GoMap) {
        guard let tags = values["tags"]?.asMap else { return }
        for index in chart.metadata.dependencies.indices {
            let dependency = chart.metadata.dependencies[index]
            var flags: [Bool] = []
            for tag in dependency.tags {
                guard let value = tags[tag] else { continue }
                if case .bool(let flag) = value.content {
                    flags.append(flag)
                } else {
                    merge.warnings.append("returned non-bool value: tag \(tag) of chart \(dependency.name)")
                }
            }
            chart.metadata.dependencies[index].isEnabled = flags.isEmpty || flags.contains(true)
        }
    }

    private mutating func applyConditions(_ chart: Chart, _ values: GoMap, path: String) {
        for index in chart.metadata.dependencies.indices {
            let dependency = chart.metadata.dependencies[index]
            for condition in StringFunctions.trimmed(dependency.condition).split(separator: ",") {
                let full = (path + condition).split(separator: ".", omittingEmptySubsequences: false)
                guard let value = ValuesMerge.value(values, full), value.asMap == nil else { continue }
                if case .bool(let flag) = value.content {
                    chart.metadata.dependencies[index].isEnabled = flag
                    break
                }
                merge.warnings.append("returned non-bool value: path \(condition) of chart \(dependency.name)")
            }
        }
    }

    // MARK: Values that are lent

    private mutating func importValues(_ chart: Chart) throws {
        for child in chart.dependencies { try importValues(child) }
        if chart.metadata.dependencies.isEmpty { return }
        let values = try merge.coalesced(chart, GoMap(), keepsNulls: true)
        let imported = GoMap()
        for dependency in chart.metadata.dependencies {
            for entry in dependency.importValues {
                let child: String
                let parent: String
                if let map = entry.asMap {
                    child = map["child"].map(GoPrint.text) ?? "<nil>"
                    parent = map["parent"].map(GoPrint.text) ?? "<nil>"
                } else if let name = entry.asString {
                    (child, parent) = ("exports." + name, ".")
                } else {
                    continue
                }
                let path = (dependency.name + "." + child).split(separator: ".", omittingEmptySubsequences: false)
                guard let table = ValuesMerge.value(values, path)?.asMap else {
                    merge.warnings.append("ImportValues missing table from chart \(dependency.name): \(child)")
                    continue
                }
                merge.mergeTable(imported, Self.nested(parent, table), true)
            }
        }
        let result = MapFunctions.deepCopy(values)
        merge.mergeTable(result, imported, true)
        chart.values = result
    }

    /// The table below a path of names.
    private static func nested(_ path: String, _ table: GoMap) -> GoMap {
        // Tables that two imports share are merged where they stand, as Helm does it.
        if path == "." { return table }
        return path.split(separator: ".", omittingEmptySubsequences: false).reversed().reduce(table) { inner, name in
            GoMap([(String(name), .map(inner))])
        }
    }
}
