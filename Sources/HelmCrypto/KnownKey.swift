import GoTemplate
import Helm

/// An RSA key that stands for new ones in checks, whose results nobody uses. It protects nothing.
///
/// Making a key takes longer than all the rest of a chart that wants one, and so the same chart gives the same objects each
/// time. What is printed for use (`lintel template`, `lintel render`) has new keys.
enum KnownKey {
    static let pair: PrivateKeys.Pair? = try? PrivateKeys.read(
        "-----BEGIN RSA " + "PRIVATE KEY-----\n" + wrapped + "\n-----END RSA " + "PRIVATE KEY-----\n")

    /// The text in lines of 64 characters.
    private static var wrapped: String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 64).map {
            String(decoding: bytes[$0..<min($0 + 64, bytes.count)], as: UTF8.self)
        }.joined(separator: "\n")
    }

    private static let text = """
        MIIEowIBAAKCAQEAq5st2WzPyYHdfpqmCmI/fB10PfvN5ql1dp6fDpJKfR49wF2+WV/3SHje1YOkq1w2KrqrtmyIWioSRcVCuRShNn4B\
        +gf5VFEanE4QEVcZDpWS3KSZOsxYrZpasPjeqEOaT3URPPahZI+hcvQbhYCMtThGGcC3h3fpWefvqGR139GPC0NkknYvstLT3y9exF8p\
        AiaabpT1llx/BdGpArbrfaRVAwTIYyAgrdP0xRMCiv4azJxNU64QKJem9t8A76ASxzIln4CXm3VThYWXv5jTci5ZigP1qT6l8z/yN8H+\
        rbaCqkLWs81XzLFxSWFbM8VOIUhzp/U7rdCvu9f6GcxluwIDAQABAoIBAAkvDtnEpwIjvxTYIJa3AgAZxhojGwvYedQqp7HXRmvtGGTu\
        dLzCaVt+4dNkw4VK3riUBj3cZReziggjMcTx7lwaNkTenwtSI9hwR7qF124eYckJI2IwLswWUfrdTB05MPhGTZveScOLTu/1/HBn8XUp\
        WScRAewau2miWK3Bt+/jEqA1dk3pGWbFMnMEwfmsXm1Vdz70incM+q1QOeEw2Vz1xGgW0Ffnx2GFRfMouow38YDseQzbblYSetrDHg4w\
        QvSu1PkWdJr8MgI4PbMAbXP1AiTXd21/rIRHr1t6hCHGhQQKhLBxN9vpG6Rtc78x5qNJtLefsKQn39Qc+oxqJNECgYEA6CGRGVv7+0hW\
        y+7NhWBm38Bzz24VhkMiRNj3OimMXdOUfOxEPL2mSroaSXoWK21joIXVEbJ8qzHP7qgWrh3Quv7dfeezKbZeK6+dKNuvAqccCZu+LHWY\
        PGTi2H39kMFEDHAx+unhSNAC85hjloc2tiRFyIqirJvLvy77MlC7w5UCgYEAvUBm7kT5EBOVMk5akzD/bo1GbwD//PSTZGQEMYfZ1bHp\
        NKaM7zNod7NAcnmm1LX4ddVzcUDPpZJus7ET4aN2aAPCje8fM0zrxpUsBxrwQRKE8pymTsBkO9GxvyIafRWQ3X2wQ48ZVsaAS/I2iqw9\
        +fOLmN4I6sHKQcO9lvmgMA8CgYEAoiCXpDufoeDjZmnyt14eW9ahzFXZyL1o2OckvUW5mOqmwh2Oh1H6LCURKRKRG2G6fKocp9CezD7t\
        OIXD2XZPi9toPYCvnMmXujFcteXBtTucFIXnbEvxuPTJj2VnzUt+yKUv80yYoW9PMG3V2JO1vb9V0fwqJB5oTq50ma7ThYUCgYBcTXjm\
        ZUWEjciKzKRofdFXPhhIM5im6zKoGA/jiHq6Oxee0kySreQZ3ZdlPegcftQ7xGuVpSKhgpXzlj44It2xRYQybZouDyo/pKngnUbotfuZ\
        yMVkS3mXo2Kp8hwxPb92B8NccALPy+jvIadwYymnKx2+5Sw8M2BOSwXBCOcUCQKBgAS5Re/b82Zxi4G/E3N6OtSfJQlfcoRpqZRPklfp\
        S91+u+AOTbpOFYIhfHFMkCfNY2J40GW/Wlbzx+e5u3RtUFsQtSzCa4fbITmxELiQRkBrm2hRlyi5+O3mNIdOIEDuvoyMwVlvMesGKuYz\
        +hI9jSHcbG13fXSJZ4myowbUPfrT
        """
}
