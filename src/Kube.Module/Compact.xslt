<!-- Leaves out comments and the space between elements, which the engine would read and keep as nodes at every import. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output indent="no" />
  <xsl:strip-space elements="*" />
  <xsl:template match="comment()" />
  <xsl:template match="@*|*|text()">
    <xsl:copy><xsl:apply-templates select="@*|node()" /></xsl:copy>
  </xsl:template>
</xsl:stylesheet>
