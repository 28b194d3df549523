import GoLibrary
import GoTemplate

extension SchemaCheck {
    private static func counts(_ count: Int, _ least: String, _ most: String, _ map: GoMap, _ fail: (String) -> Void) {
        if let bound = map[least].map(Cast.double), Double(count) < bound {
            fail("\(least): got \(count), want \(number(bound))")
        }
        if let bound = map[most].map(Cast.double), Double(count) > bound {
            fail("\(most): got \(count), want \(number(bound))")
        }
    }

    mutating func checkItems(
        _ items: [GoValue], _ map: GoMap, _ place: [String], _ depth: Int, _ outcome: inout Outcome
    ) throws {
        var faults: [Fault] = []
        Self.counts(items.count, "minItems", "maxItems", map) { faults.append(Fault(place: place, message: $0)) }
        if map["uniqueItems"]?.isTrue ?? false, items.count < 5000 {
            search: for right in items.indices {
                for left in 0..<right where Self.equal(items[left], items[right]) {
                    faults.append(Fault(place: place, message: "items at \(left) and \(right) are equal"))
                    break search
                }
            }
        }
        let tuple = map["prefixItems"]?.items ?? map["items"]?.items ?? []
        for (index, schema) in tuple.enumerated() where index < items.count {
            faults += try check(items[index], schema, place + [String(index)], depth: depth + 1).faults
        }
        outcome.items = max(outcome.items, tuple.count)
        let rest = map["items"]?.items == nil ? map["items"] : map["additionalItems"]
        if let rest, tuple.count <= items.count {
            for index in tuple.count..<items.count {
                faults += try check(items[index], rest, place + [String(index)], depth: depth + 1).faults
            }
            outcome.items = items.count
        }
        if let wanted = map["contains"] {
            var matches = 0
            for (index, item) in items.enumerated()
            where try check(item, wanted, place + [String(index)], depth: depth + 1).faults.isEmpty {
                matches += 1
            }
            let least = map["minContains"].map { Int(Cast.integer($0)) } ?? 1
            if matches < least {
                faults.append(
                    Fault(
                        place: place,
                        message: least == 1
                            ? "no items match contains schema"
                            : "min \(least) items required to match contains schema, but matched \(matches) items"))
            }
            if let most = map["maxContains"].map({ Int(Cast.integer($0)) }), matches > most {
                faults.append(
                    Fault(
                        place: place,
                        message: "max \(most) items required to match contains schema, but matched \(matches) items"))
            }
        }
        outcome.faults += faults
    }

    mutating func checkMembers(
        _ members: GoMap, _ map: GoMap, _ place: [String], _ depth: Int, _ outcome: inout Outcome
    ) throws {
        var faults: [Fault] = []
        Self.counts(members.count, "minProperties", "maxProperties", map) {
            faults.append(Fault(place: place, message: $0))
        }
        let missing = (map["required"]?.items ?? []).compactMap(\.asString).filter { !members.contains($0) }
        if !missing.isEmpty {
            let names = missing.map(Self.quoted).joined(separator: ", ")
            faults.append(Fault(place: place, message: "missing propert\(missing.count == 1 ? "y" : "ies") \(names)"))
        }
        let known = map["properties"]?.asMap
        let byPattern = map["patternProperties"]?.asMap
        var additional: [String] = []
        for (name, value) in zip(members.keys, members.values) {
            var isKnown = false
            if let schema = known?[name] {
                isKnown = true
                faults += try check(value, schema, place + [name], depth: depth + 1).faults
            }
            for (pattern, schema) in zip(byPattern?.keys ?? [], byPattern?.values ?? [])
            where try regex(pattern).matches(Array(name.utf8)) {
                isKnown = true
                faults += try check(value, schema, place + [name], depth: depth + 1).faults
            }
            if isKnown {
                outcome.properties.insert(name)
            } else if let rest = map["additionalProperties"] {
                outcome.properties.insert(name)
                if case .bool(false) = rest.content {
                    additional.append(name)
                } else {
                    faults += try check(value, rest, place + [name], depth: depth + 1).faults
                }
            }
            if let names = map["propertyNames"] {
                let inner = try check(.string(name), names, place, depth: depth + 1).faults
                if !inner.isEmpty {
                    faults.append(
                        Fault(place: place, message: "invalid propertyName \(Self.quoted(name))", causes: inner))
                }
            }
        }
        if !additional.isEmpty {
            faults.append(
                Fault(
                    place: place,
                    message: "additional properties \(additional.map(Self.quoted).joined(separator: ", ")) not allowed")
            )
        }
        faults += try dependents(members, map, place, depth)
        outcome.faults += faults
    }

    private mutating func dependents(_ members: GoMap, _ map: GoMap, _ place: [String], _ depth: Int) throws -> [Fault] {
        var faults: [Fault] = []
        for keyword in ["dependentRequired", "dependentSchemas", "dependencies"] {
            for (name, wanted) in zip(map[keyword]?.asMap?.keys ?? [], map[keyword]?.asMap?.values ?? [])
            where members.contains(name) {
                if let names = wanted.items?.compactMap(\.asString) {
                    let missing = names.filter { !members.contains($0) }
                    if missing.isEmpty { continue }
                    let list = missing.map(Self.quoted).joined(separator: ", ")
                    faults.append(
                        Fault(place: place, message: "properties \(list) required, if \(Self.quoted(name)) exists"))
                } else {
                    faults += try check(.map(members), wanted, place, depth: depth + 1).faults
                }
            }
        }
        return faults
    }

    // MARK: Schemas put together

    mutating func checkGroups(
        _ value: GoValue, _ map: GoMap, _ place: [String], _ depth: Int, _ outcome: inout Outcome
    ) throws {
        func results(_ schemas: [GoValue], _ check: (GoValue) throws -> Outcome) rethrows -> [Outcome] {
            try schemas.map(check)
        }
        if let all = map["allOf"]?.items {
            var causes: [Fault] = []
            for schema in all {
                let inner = try check(value, schema, place, depth: depth + 1)
                causes += inner.faults
                outcome.add(inner)
            }
            if !causes.isEmpty { outcome.faults.append(Fault(place: place, message: "allOf failed", causes: causes)) }
        }
        if let any = map["anyOf"]?.items {
            var causes: [Fault] = []
            var isMet = false
            for schema in any {
                let inner = try check(value, schema, place, depth: depth + 1)
                causes += inner.faults
                if inner.faults.isEmpty {
                    isMet = true
                    outcome.add(inner)
                }
            }
            if !isMet { outcome.faults.append(Fault(place: place, message: "anyOf failed", causes: causes)) }
        }
        if let one = map["oneOf"]?.items {
            var causes: [Fault] = []
            var met: [Int] = []
            for (index, schema) in one.enumerated() {
                let inner = try check(value, schema, place, depth: depth + 1)
                causes += inner.faults
                if inner.faults.isEmpty {
                    met.append(index)
                    outcome.add(inner)
                }
            }
            if met.isEmpty {
                outcome.faults.append(Fault(place: place, message: "oneOf failed, none matched", causes: causes))
            } else if met.count > 1 {
                outcome.faults.append(
                    Fault(place: place, message: "oneOf failed, subschemas \(met[0]), \(met[1]) matched"))
            }
        }
        if let schema = map["not"], try check(value, schema, place, depth: depth + 1).faults.isEmpty {
            outcome.faults.append(Fault(place: place, message: "not failed"))
        }
        if let condition = map["if"] {
            let met = try check(value, condition, place, depth: depth + 1)
            if met.faults.isEmpty { outcome.add(met) }
            if let branch = map[met.faults.isEmpty ? "then" : "else"] {
                let inner = try check(value, branch, place, depth: depth + 1)
                outcome.faults += inner.faults
                outcome.add(inner)
            }
        }
    }

    mutating func checkUnevaluated(
        _ value: GoValue, _ map: GoMap, _ place: [String], _ depth: Int, _ outcome: inout Outcome
    ) throws {
        if let rest = map["unevaluatedProperties"], let members = value.asMap {
            let open = members.keys.filter { !outcome.properties.contains($0) }
            outcome.properties.formUnion(open)
            if case .bool(false) = rest.content {
                if !open.isEmpty {
                    outcome.faults.append(
                        Fault(
                            place: place,
                            message:
                                "additional properties \(open.map(Self.quoted).joined(separator: ", ")) not allowed"))
                }
            } else {
                for name in open {
                    outcome.faults += try check(members[name] ?? .null, rest, place + [name], depth: depth + 1).faults
                }
            }
        }
        if let rest = map["unevaluatedItems"], let items = value.items, outcome.items < items.count {
            for index in outcome.items..<items.count {
                outcome.faults += try check(items[index], rest, place + [String(index)], depth: depth + 1).faults
            }
            outcome.items = items.count
        }
    }
}
