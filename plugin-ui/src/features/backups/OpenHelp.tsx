import { ExpandableSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

/** What opens a raw image, with the systems' own tools or free ones. */
const WAYS = [
  ['linux', 'guestfish --ro --add disk.img --inspector'],
  ['windows', 'qemu-img convert -f raw -O vhdx disk.img disk.vhdx\nMount-DiskImage -Access ReadOnly -ImagePath C:\\disk.vhdx'],
  ['macos', 'hdiutil attach -readonly -imagekey diskimage-class=CRawDiskImage disk.img'],
] as const;

/** How to look into a disk that was downloaded. */
export function OpenHelp() {
  const { t } = useTranslation();
  return (
    <ExpandableSection toggleText={t('download.help')} isIndented>
      <p>{t('download.raw')}</p>
      {WAYS.map(([system, command]) => (
        <div key={system}>
          <strong>{t(`download.${system}`)}</strong> <span className="sp-subtle">{t(`download.${system}Text`)}</span>
          <pre>{command}</pre>
        </div>
      ))}
    </ExpandableSection>
  );
}
