import Documents

/// Volumes of a Pod.
struct VolumeRules {
    let volumes: Node
    let release: Release

    private static let sources: [StaticString] = [
        "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi",
        "glusterfs", "flocker", "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc",
        "flexVolume", "configMap", "azureFile", "vsphereVolume", "photonPersistentDisk", "projected", "portworxVolume",
        "azureDisk", "storageos", "scaleIO", "csi", "ephemeral", "image",
    ]

    /// Checks all volumes.
    /// - Returns: their names.
    func check() -> Set<Value> {
        var names: Set<Value> = []
        for volume in volumes.elements where volume.isObject {
            let name = volume["name"]
            name.mustExist(as: NameRule.dnsLabel)
            name.mustNotRepeat("volume", in: &names)
            // A volume without a source is an emptyDir.
            let members = volume.setMembers(Self.sources)
            for extra in members.dropFirst() {
                extra.forbidden(
                    "volume \(Wording.quoted(name.text)) has two sources: \(members[0].name) and \(extra.name)",
                    hint: "keep one of them")
            }
            for member in members { check(member) }
        }
        return names
    }

    private func check(_ source: Node) {
        guard source.isObject, case .key(let kind) = source.path.steps.last else { return }
        switch kind {
        case "emptyDir":
            if source["sizeLimit"].quantity?.isNegative == true {
                source["sizeLimit"].forbidden("sizeLimit may not be negative")
            }
        case "hostPath":
            source["path"].mustExist()
            source["path"].mustNotClimb()
        case "secret":
            source["secretName"].mustExist()
            Self.checkFiles(source)
        case "configMap":
            source["name"].mustExist()
            Self.checkFiles(source)
        case "persistentVolumeClaim": source["claimName"].mustExist()
        case "csi":
            source["driver"].mustExist(as: DeviceRules.driverName)
            let secret = source["nodePublishSecretRef"]
            if secret.isObject { secret["name"].mustExist() }
        case "downwardAPI": Self.checkDownward(source)
        case "projected": checkProjected(source)
        case "ephemeral": checkEphemeral(source)
        case "gitRepo": source["repository"].mustExist()
        case "image": source["reference"].mustExist()
        default: Self.checkDisk(source, kind)
        }
    }

    /// Sources that Pods and PersistentVolumes have alike.
    static func checkDisk(_ source: Node, _ kind: String) {
        switch kind {
        case "nfs":
            source["server"].mustExist()
            let path = source["path"]
            path.mustExist()
            if !path.isEmptyText, !path.text.hasPrefix("/") {
                path.invalid("path is \(Wording.quoted(path.text)), but must begin with /")
            }
        case "fc": checkFibre(source)
        case "iscsi":
            for field in [source["targetPortal"], source["iqn"]] { field.mustExist() }
            source["iqn"].mustBe(targetName)
            if source["initiatorName"].isSet { source["initiatorName"].mustBe(targetName) }
            let logins = [source["chapAuthDiscovery"], source["chapAuthSession"]].filter(\.value.isTrue)
            if let login = logins.first, !source["secretRef"].isSet {
                source["secretRef"].missing("secretRef is required where \(login.name) is true")
            }
            source["lun"].mustBe(in: 0...255)
        case "glusterfs": for field in [source["endpoints"], source["path"]] { field.mustExist() }
        case "awsElasticBlockStore", "cinder": source["volumeID"].mustExist()
        case "gcePersistentDisk": source["pdName"].mustExist()
        case "azureFile": for field in [source["secretName"], source["shareName"]] { field.mustExist() }
        case "azureDisk": for field in [source["diskName"], source["diskURI"]] { field.mustExist() }
        case "vsphereVolume": source["volumePath"].mustExist()
        case "cephfs":
            if source["monitors"].count == 0 { source["monitors"].missing() }
        case "rbd":
            if source["monitors"].count == 0 { source["monitors"].missing() }
            source["image"].mustExist()
        case "flexVolume": source["driver"].mustExist()
        default: break
        }
    }

    /// The name of an iSCSI target (RFC 3721), as far as the server looks.
    private static func targetName(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let isFine =
            text.hasPrefix("iqn") && text.contains(#/iqn\.\d{4}-\d{2}\.[A-Za-z0-9\-.]+:[^,;*&$|\s]+$/#)
            || text.wholeMatch(of: #/eui.[A-Za-z0-9]{16}/#) != nil || text.wholeMatch(of: #/naa.[A-Za-z0-9]{32}/#) != nil
        return isFine ? nil : "must be a name such as iqn.2001-04.com.example:storage, or an eui or naa number"
    }

    private static func checkFibre(_ source: Node) {
        let hasNames = source["targetWWNs"].count > 0, hasIDs = source["wwids"].count > 0
        if hasNames == hasIDs {
            source["targetWWNs"].missing("fc needs either targetWWNs and lun, or wwids")
        } else if hasNames, !source["lun"].isSet {
            source["lun"].missing("lun is required where targetWWNs is set")
        }
    }

    /// `items` and modes of a ConfigMap, Secret or the like.
    private static func checkFiles(_ source: Node) {
        source["defaultMode"].mustBeFileMode()
        for item in source["items"].elements where item.isObject {
            item["key"].mustExist()
            item["path"].mustExist()
            item["path"].mustBeRelativePath()
            item["mode"].mustBeFileMode()
        }
    }

    private static func checkDownward(_ source: Node) {
        source["defaultMode"].mustBeFileMode()
        for item in source["items"].elements where item.isObject {
            let path = item["path"]
            path.isEmptyText ? path.missing() : path.mustBeRelativePath()
            let field = item["fieldRef"]
            let resource = item["resourceFieldRef"]
            if field.isSet, resource.isSet {
                item.invalid("fieldRef and resourceFieldRef may not both be set", hint: "keep one of them")
            } else if field.isObject {
                EnvironmentRules.checkFieldRef(
                    field["fieldPath"],
                    ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"])
            } else if resource.isObject {
                resource["containerName"].mustExist()
                EnvironmentRules.checkResource(resource)
            } else if !field.isSet, !resource.isSet {
                item.missing("\(item.name) needs fieldRef or resourceFieldRef")
            }
            item["mode"].mustBeFileMode()
        }
    }

    private func checkProjected(_ projected: Node) {
        projected["defaultMode"].mustBeFileMode()
        let kinds: [StaticString] = [
            "secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate",
        ]
        for source in projected["sources"].elements where source.isObject {
            let members = source.setMembers(kinds)
            for extra in members.dropFirst() {
                extra.forbidden(
                    "\(source.name) has two sources: \(members[0].name) and \(extra.name)",
                    hint: "make them two entries")
            }
            for member in members where member.isObject { Self.checkProjection(member) }
        }
        checkPaths(projected)
    }

    /// Files of all sources share one folder.
    private func checkPaths(_ projected: Node) {
        var taken: Set<String> = []
        for source in projected["sources"].elements {
            for kind: StaticString in ["secret", "configMap", "downwardAPI"] {
                for item in source[kind]["items"].elements where !item["path"].isEmptyText {
                    if !taken.insert(item["path"].text).inserted { Self.reportTaken(item["path"]) }
                }
            }
            let path = source["clusterTrustBundle"]["path"]
            if !path.isEmptyText, !taken.insert(path.text).inserted { Self.reportTaken(path) }
        }
    }

    private static func reportTaken(_ path: Node) {
        path.invalid("two sources of the volume have a file \(Wording.quoted(path.text))", hint: "give one another path")
    }

    private static func checkProjection(_ source: Node) {
        guard case .key(let kind) = source.path.steps.last else { return }
        switch kind {
        case "secret", "configMap":
            source["name"].mustExist()
            checkFiles(source)
        case "downwardAPI": checkDownward(source)
        case "serviceAccountToken":
            source["expirationSeconds"].mustBe(in: 600...(1 << 32))
            let path = source["path"]
            path.isEmptyText ? path.missing() : path.mustBeRelativePath()
        case "clusterTrustBundle":
            let path = source["path"]
            path.isEmptyText ? path.missing() : path.mustBeRelativePath()
            if source["name"].isSet == source["signerName"].isSet {
                let message = "clusterTrustBundle needs either name or signerName"
                source["name"].isSet ? source.invalid(message, hint: "keep one of them") : source.missing(message)
            } else if source["name"].isSet, source["labelSelector"].isSet {
                source["labelSelector"].invalid("labelSelector may not be set beside name")
            }
            SelectorRules.check(source["labelSelector"])
        default: break
        }
    }

    private func checkEphemeral(_ source: Node) {
        let template = source["volumeClaimTemplate"]
        guard template.isSet else { return template.missing() }
        ClaimRules.check(template["spec"])
    }
}

extension Node {
    /// Permissions of a file: octal 0000 to 0777.
    func mustBeFileMode() {
        guard let integer, !(0...0o777).contains(integer) else { return }
        invalid(
            "\(name) is \(integer), but must be from 0 to 0777 (octal)",
            hint: (0...777).contains(integer) && String(integer).allSatisfy({ "01234567".contains($0) })
                ? "permissions are octal: write 0\(integer)" : nil)
    }
}
