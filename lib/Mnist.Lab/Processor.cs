using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Mnist.Lab;

/// <summary>Finds the processor's name.</summary>
internal static class Processor
{
    /// <summary>The name that the processor or the system gives; else its architecture.</summary>
    public static string Name()
    {
        try
        {
            return (X86Base.IsSupported ? FromCpuId() : FromSystem()) ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>The brand string: leaves 0x80000002 … 4 hold 16 letters each.</summary>
    private static string? FromCpuId()
    {
        const int First = unchecked((int)0x80000002);
        if ((uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004u) return null;
        var letters = new StringBuilder();
        for (int leaf = 0; leaf < 3; leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId(First + leaf, 0);
            foreach (int register in (int[])[a, b, c, d])
                for (int shift = 0; shift < 32; shift += 8)
                    if ((char)((register >> shift) & 0xff) is var letter and not '\0') letters.Append(letter);
        }
        string name = string.Join(' ', letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        (int family, int model) = Model(X86Base.CpuId(1, 0).Eax);
        if (name.Length == 0) return null;
        bool silent = !name.Contains("virtual", StringComparison.OrdinalIgnoreCase) && IsVirtual();
        return $"{name} (family {family}, model {model}{(silent ? ", virtual machine" : "")})"; // in a virtual machine the name alone may say little
    }

    /// <summary>Below a hypervisor there are its leaves from 0x40000000 on, which begin with its own name.</summary>
    private static bool IsVirtual()
    {
        const int First = 0x40000000, Privileges = First + 3;
        return IsVirtual(X86Base.CpuId(1, 0).Ecx, X86Base.CpuId(First, 0).Ebx, X86Base.CpuId(Privileges, 0).Ebx);
    }

    /// <summary>True where bit 31 of leaf 1 tells of a hypervisor; but Windows on its own hypervisor (its security features bring it) is the machine itself, and alone may manage processors (bit 12 of its privileges).</summary>
    internal static bool IsVirtual(int features, int hypervisor, int privileges)
    {
        const int Microsoft = 'M' | ('i' << 8) | ('c' << 16) | ('r' << 24);
        bool isItself = hypervisor == Microsoft && (privileges & (1 << 12)) != 0;
        return features < 0 && !isItself; // bit 31 is the sign
    }

    /// <summary>Family and model from leaf 1: extended ones are added where the family's four bits are all set, the model's also in family 6.</summary>
    internal static (int Family, int Model) Model(int signature)
    {
        int family = (signature >> 8) & 15, model = (signature >> 4) & 15;
        if (family is 6 or 15) model += (signature >> 16 & 15) << 4;
        return (family == 15 ? family + (signature >> 20 & 255) : family, model);
    }

    private static string? FromSystem()
    {
        const string Info = "/proc/cpuinfo";
        if (!OperatingSystem.IsLinux() || !File.Exists(Info)) return null;
        string? line = File.ReadLines(Info).FirstOrDefault(text => text.StartsWith("model name", StringComparison.OrdinalIgnoreCase));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
