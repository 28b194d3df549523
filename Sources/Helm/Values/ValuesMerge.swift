import GoLibrary
import GoTemplate

/// How values of several sources become one (Helm's `coalesce.go`).
struct ValuesMerge {
    /// What is odd about the values, in Helm's words.
    var warnings: [String] = []

    static let globals = "global"

    // MARK: Charts

    /// The values of a chart and those below it, `values` on top of the chart's own. `keepsNulls` keeps members that are null.
    mutating func coalesced(_ chart: Chart, _ values: GoMap, keepsNulls: Bool = false) throws -> GoMap {
        let result = MapFunctions.deepCopy(values)
        try coalesce(chart, into: result, prefix: "", keepsNulls)
        return result
    }

    private mutating func coalesce(_ chart: Chart, into values: GoMap, prefix: String, _ keepsNulls: Bool) throws {
        addDefaults(of: chart, to: values, prefix: prefix, keepsNulls)
        let path = Self.join(prefix, chart.name)
        for child in chart.dependencies {
            if values[child.name] == nil { values[child.name] = .map(GoMap()) }
            guard let inner = values[child.name], let map = inner.asMap else {
                let shown = values[child.name].map { GoFormatter.text("%t", [$0]) } ?? ""
                throw HelmProblem("type mismatch on \(child.name): \(shown)")
            }
            addGlobals(of: values, to: map, prefix: path)
            try coalesce(child, into: map, prefix: path, keepsNulls)
        }
    }

    private static func join(_ prefix: String, _ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }

    private mutating func addDefaults(of chart: Chart, to values: GoMap, prefix: String, _ keepsNulls: Bool) {
        let path = Self.join(prefix, chart.name)
        let defaults = MapFunctions.deepCopy(chart.values)
        for (key, value) in zip(defaults.keys, defaults.values) {
            guard let known = values[key] else {
                if !keepsNulls {
                    if value.isNil { continue }
                    if let map = value.asMap { Self.removeNulls(map) }
                }
                values[key] = value
                continue
            }
            if known.isNil, !keepsNulls {
                values[key] = nil
            } else if let target = known.asMap {
                guard let source = value.asMap else {
                    if !value.isNil { warnings.append("warning: skipped value for \(path).\(key): Not a table.") }
                    continue
                }
                let merges = keepsNulls || chart.dependencies.contains { $0.name == key }
                if !merges { Self.removeNulls(source) }
                mergeTable(target, source, prefix: Self.join(path, key), merges)
            }
        }
    }

    private mutating func addGlobals(of source: GoMap, to target: GoMap, prefix: String) {
        let targetGlobals: GoMap
        let sourceGlobals: GoMap
        switch target[Self.globals] {
        case nil: targetGlobals = GoMap()
        case let value?:
            guard let map = value.asMap else {
                return warnings.append("warning: skipping globals because destination global is not a table.")
            }
            targetGlobals = map
        }
        switch source[Self.globals] {
        case nil: sourceGlobals = GoMap()
        case let value?:
            guard let map = value.asMap else {
                return warnings.append("warning: skipping globals because source global is not a table.")
            }
            sourceGlobals = map
        }
        for (key, value) in zip(sourceGlobals.keys, sourceGlobals.values) {
            guard let map = value.asMap else {
                if targetGlobals[key]?.asMap != nil {
                    warnings.append("key \(key) is table. Skipping")
                } else {
                    targetGlobals[key] = value
                }
                continue
            }
            let copy = map.copy()
            if let known = targetGlobals[key] {
                guard let knownMap = known.asMap else {
                    warnings.append("Conflict: cannot merge map onto non-map for \(GoText.quoted(key)). Skipping.")
                    continue
                }
                // The order is turned round: what comes from above wins.
                mergeTable(copy, knownMap, prefix: Self.join(prefix, key), true)
            }
            targetGlobals[key] = GoValue(.map(copy), trace: value.trace)
        }
        target[Self.globals] = .map(targetGlobals)
    }

    // MARK: Tables

    /// Adds members of `source` to `target`, whose own win.
    mutating func mergeTable(_ target: GoMap, _ source: GoMap, prefix: String = "", _ keepsNulls: Bool) {
        let given = Set(zip(source.keys, source.values).filter { !$1.isNil }.map(\.0))
        for (key, value) in zip(target.keys, target.values) where value.isNil { source[key] = value }
        for (key, value) in zip(source.keys, source.values) {
            let path = Self.join(prefix, key)
            guard let known = target[key] else {
                target[key] = value
                continue
            }
            if !keepsNulls, known.isNil, given.contains(key) {
                target[key] = nil
            } else if let inner = value.asMap {
                if let map = known.asMap {
                    mergeTable(map, inner, prefix: path, keepsNulls)
                } else {
                    warnings.append(
                        "warning: cannot overwrite table with non table for \(path) (\(GoPrint.text(value)))")
                }
            } else if known.asMap != nil, !value.isNil {
                warnings.append(
                    "warning: destination for \(path) is a table. Ignoring non-table value (\(GoPrint.text(value)))")
            }
        }
    }

    static func removeNulls(_ map: GoMap) {
        for key in map.keys {
            if map[key]?.isNil ?? false { map[key] = nil } else if let inner = map[key]?.asMap { removeNulls(inner) }
        }
    }

    /// The member at a path of names; nil when a step is missing or no map.
    static func value(_ map: GoMap, _ path: [Substring]) -> GoValue? {
        var value = GoValue.map(map)
        for name in path {
            guard let member = value.asMap?[String(name)] else { return nil }
            value = member
        }
        return value
    }
}
