import Documents

/// CustomResourceDefinitions.
enum DefinitionRules {
    static func check(_ root: Node) {
        let spec = root["spec"]
        guard spec.isObject else {
            if !spec.isSet { spec["group"].missing("spec is required: group, names, scope and versions") }
            return
        }
        checkNames(root, spec)
        spec["scope"].oneOf(["Cluster", "Namespaced"], isRequired: true)
        if spec["preserveUnknownFields"].isTrue {
            spec["preserveUnknownFields"].invalid(
                "preserveUnknownFields may not be true", hint: "use x-kubernetes-preserve-unknown-fields in the schema")
        }
        checkVersions(spec["versions"])
        checkConversion(spec["conversion"])
    }

    private static func checkNames(_ root: Node, _ spec: Node) {
        let group = spec["group"]
        let names = spec["names"]
        group.mustExist(as: NameRule.dnsSubdomain)
        if group.value.kind == .string, group.value.count > 0, !group.value.utf8.contains(0x2E) {
            group.invalid("group is \(Wording.quoted(group.text)), but must be a domain with a dot")
        }
        names["plural"].mustExist(as: NameRule.dns1035Label)
        let kind = names["kind"]
        if kind.isEmptyText {
            kind.missing()
        } else if kind.value.kind == .string {
            var lowered = kind.text.lowercased()
            if let problem = lowered.withUTF8({ NameRule.dns1035Label($0) }) {
                kind.invalid("kind is \(Wording.quoted(kind.text)), but it \(Node.phrase(problem))")
            }
        }
        if !kind.isEmptyText, names["listKind"].value == kind.value {
            names["listKind"].invalid("listKind and kind may not be the same", hint: "write \(kind.text)List")
        }
        for name in [names["singular"]] + Array(names["shortNames"].elements) { name.mustBe(NameRule.dns1035Label) }
        let name = root["metadata"]["name"]
        let wanted = "\(names["plural"].text).\(group.text)"
        if !name.isEmptyText, !names["plural"].isEmptyText, !group.isEmptyText, name.value.kind == .string,
            name.text != wanted
        {
            name.invalid(
                "metadata.name is \(Wording.quoted(name.text)), but must be spec.names.plural and spec.group: \(wanted)"
            )
        }
    }

    private static func checkVersions(_ versions: Node) {
        guard versions.count > 0 else {
            if !versions.isSet || versions.value.kind == .array {
                versions.missing("versions is required: at least one")
            }
            return
        }
        var names: Set<Value> = []
        var stored = 0
        for version in versions.elements where version.isObject {
            version["name"].mustExist(as: NameRule.dns1035Label)
            version["name"].mustNotRepeat("version", in: &names)
            if version["storage"].isTrue { stored += 1 }
            let schema = version["schema"]
            if !schema["openAPIV3Schema"].isSet, schema.isObject || !schema.isSet {
                schema["openAPIV3Schema"].missing("schema.openAPIV3Schema is required: the shape of the objects")
            }
            StructuralRules.check(schema["openAPIV3Schema"], hasStatus: version["subresources"]["status"].isSet)
            checkSelectable(version)
            checkColumns(version)
            checkScale(version["subresources"]["scale"])
        }
        if stored != 1 { versions.invalid("exactly one version must have storage: true, and \(stored) have it") }
    }

    private static func checkSelectable(_ version: Node) {
        let selectable = version["selectableFields"]
        if selectable.count > 8 {
            selectable.tooMany("selectableFields has \(selectable.count) entries, 8 at most are allowed")
        }
        var paths: Set<Value> = []
        for field in selectable.elements where field.isObject {
            field["jsonPath"].mustExist()
            field["jsonPath"].mustNotRepeat("field", in: &paths)
            StructuralRules.checkSelectable(field["jsonPath"], in: version["schema"]["openAPIV3Schema"])
        }
    }

    private static func checkColumns(_ version: Node) {
        let formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"]
        for column in version["additionalPrinterColumns"].elements where column.isObject {
            let path = column["jsonPath"]
            for field in [column["name"], path] { field.mustExist() }
            if path.value.kind == .string, path.value.count > 0, path.value.utf8.first != 0x2E {
                path.invalid("jsonPath is \(Wording.quoted(path.text)), but must begin with a dot", hint: "as .spec.color")
            }
            column["type"].oneOf(["integer", "number", "string", "boolean", "date"], isRequired: true)
            column["format"].oneOf(formats)
        }
    }

    private static func checkScale(_ scale: Node) {
        guard scale.isObject else { return }
        for field in [scale["specReplicasPath"], scale["statusReplicasPath"]] { field.mustExist() }
        let parts = [
            (scale["specReplicasPath"], [".spec."]), (scale["statusReplicasPath"], [".status."]),
            (scale["labelSelectorPath"], [".spec.", ".status."]),
        ]
        for (field, starts) in parts where !field.isEmptyText && field.value.kind == .string {
            if starts.contains(where: field.text.hasPrefix) { continue }
            field.invalid("\(field.name) is \(Wording.quoted(field.text)), but must begin with \(Wording.choice(starts))")
        }
    }

    private static func checkConversion(_ conversion: Node) {
        guard conversion.isObject else { return }
        conversion["strategy"].oneOf(["None", "Webhook"], isRequired: true)
        let webhook = conversion["webhook"]
        if conversion["strategy"].equals("Webhook") {
            if !webhook["clientConfig"].isSet {
                webhook["clientConfig"].missing("webhook.clientConfig is required where strategy is Webhook")
            }
            let versions = webhook["conversionReviewVersions"]
            if versions.count == 0, webhook.isObject, !versions.isSet || versions.value.kind == .array {
                versions.missing("conversionReviewVersions is required: [v1]")
            }
        } else if webhook.isSet {
            webhook.forbidden("webhook may only be set where strategy is Webhook")
        }
    }
}
