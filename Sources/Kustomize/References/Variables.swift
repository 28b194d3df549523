/// `vars`: values of fields that stand for `$(NAME)` in other fields.
struct Variables {
    struct Variable {
        var name: String
        var target: ResourceID
        var path: String
        var node: Node

        init(_ fields: Fields) throws(BuildError) {
            try fields.requireStrictly(["name", "objref", "fieldref"])
            guard let name = try fields.text("name")?.text, let object = try fields.object("objref", type: "Target")
            else {
                throw BuildError("var needs a name and an objref", at: fields.node)
            }
            self.name = name
            node = fields.node
            try object.requireStrictly(["apiversion", "group", "version", "kind", "name", "namespace"])
            var gvk = try Gvk(object)
            if let version = try object.text("apiVersion")?.text { gvk = Gvk(apiVersion: version, kind: gvk.kind) }
            target = ResourceID(
                gvk: gvk, name: try object.text("name")?.text ?? "", namespace: try object.text("namespace")?.text ?? ""
            )
            let field = try fields.object("fieldref", type: "FieldSelector")
            try field?.requireStrictly(["fieldpath"])
            path = try field?.text("fieldpath")?.text ?? "metadata.name"
        }

        func isSame(as other: Variable) -> Bool { name == other.name && target == other.target && path == other.path }

        var description: String { "{\(name) \(target.gvk.description) {\(path)}}" }
    }

    private(set) var all: [Variable] = []

    /// Adds variables and notes on the objects they read that they do.
    mutating func merge(_ fields: [Fields], _ list: ResourceList) throws(BuildError) {
        var incoming: [Variable] = []
        for entry in fields { incoming.append(try Variable(entry)) }
        for variable in incoming {
            let target = variable.target
            let isExact = !target.namespace.isEmpty || target.gvk.isClusterScoped
            let found = list.matching { id in
                isExact ? target.matches(id) : target.name == id.name && target.gvk == id.gvk
            }
            if found.count > 1 {
                throw BuildError(
                    "found \(found.count) resId matches for var \(variable.description) (unable to disambiguate)",
                    at: variable.node, hint: "name the namespace in the objref")
            }
            found.first?.varNames.append(variable.name)
        }
        try merge(incoming, takesSame: false)
    }

    /// Adds the variables of another kustomization, which may be known already: with those of its own a kustomization may not
    /// say again what the one before said, be it the same.
    mutating func merge(_ others: [Variable], takesSame: Bool = true) throws(BuildError) {
        for variable in others {
            if let known = all.first(where: { $0.name == variable.name }) {
                if takesSame, known.isSame(as: variable) { continue }
                throw BuildError("var '\(variable.name)' already encountered", at: variable.node)
            }
            all.append(variable)
        }
    }

    /// Replaces all `$(NAME)` in the fields of the specifications.
    func resolve(_ specs: [FieldSpec], _ list: ResourceList) throws(BuildError) {
        if all.isEmpty { return }
        var values: [String: Node] = [:]
        for variable in all { values[variable.name] = try value(variable, list) }
        for spec in specs {
            let walk = FieldWalk(spec: spec, makes: nil) { node throws(BuildError) in
                try VariableExpansion(values: values).apply(to: node)
            }
            for resource in list.resources {
                try walk.apply(to: resource)
                resource.forgetID()
            }
        }
    }

    private func value(_ variable: Variable, _ list: ResourceList) throws(BuildError) -> Node {
        guard let resource = list.resources.first(where: { $0.varNames.contains(variable.name) }) else {
            var error = BuildError(
                "var '\(variable.description)' cannot be mapped to a field in the set of known resources",
                at: variable.node)
            error.isUnmatched = true
            throw error
        }
        let parts = PathText.splitBrackets(variable.path, ".").flatMap { Self.indexed($0) }
        guard let node = try FieldPath.lookup(parts, in: resource.root) else {
            throw BuildError(
                "field specified in var '\(variable.description)' not found in corresponding resource",
                at: variable.node)
        }
        return node.copy()
    }

    /// `ports[0]` as a name and an index.
    private static func indexed(_ part: String) -> [String] {
        guard part.hasSuffix("]"), let open = part.lastIndex(of: "["), open != part.startIndex else { return [part] }
        return [String(part[..<open]), String(part[part.index(after: open)...].dropLast())]
    }
}

/// Puts values in place of `$(NAME)`; `$$` stands for a dollar sign.
struct VariableExpansion {
    let values: [String: Node]

    func apply(to node: Node) throws(BuildError) {
        if node.isNull { return }
        switch node.kind {
        case .scalar: if node.isStringLike { expand(node) }
        case .mapping:
            for (key, value) in node.entries {
                if !key.isStringLike { throw BuildError("invalid map key: value='\(key.text)'", at: key) }
                if value.isStringLike { expand(value) }
            }
        case .sequence:
            for element in node.content {
                if !element.isStringLike { throw BuildError("invalid value type expect a string", at: element) }
                expand(element)
            }
        }
    }

    private func expand(_ node: Node) {
        var result = ""
        var rest = node.text[...]
        var used: [Node] = []
        while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
            result += rest[..<dollar]
            rest = rest[rest.utf8.index(after: dollar)...]
            guard let next = rest.first else {
                result += "$"
                break
            }
            if next == "$" {
                result += "$"
                rest.removeFirst()
            } else if next == "(", let close = rest.firstIndex(of: ")") {
                let name = String(rest[rest.index(after: rest.startIndex)..<close])
                rest = rest[rest.index(after: close)...]
                guard let value = values[name], value.kind == .scalar else {
                    result += "$(\(name))"
                    continue
                }
                used.append(value)
                if node.text == "$(\(name))" { return replace(node, by: value) }
                result += value.valueText
            } else {
                result += "$" + String(next)
                rest.removeFirst()
            }
        }
        result += rest
        finish(node, result, used)
    }

    /// The whole text is one variable: its type is kept.
    private func replace(_ node: Node, by value: Node) {
        node.setText(value.text, origin: value.origin.caused(by: .variable), parts: value.notes?.parts ?? [])
        switch value.tag {
        case .int, .float, .bool: node.tag = value.tag
        default: node.tag = .string
        }
        (node.style, node.hasExplicitTag) = (.plain, false)
    }

    private func finish(_ node: Node, _ text: String, _ used: [Node]) {
        if node.text != text {
            let parts = used.map { $0.origin.caused(by: .variable) }.filter(\.isKnown)
            node.setText(text, origin: node.origin, parts: parts)
        }
        (node.tag, node.style, node.hasExplicitTag) = (.string, .plain, false)
    }
}
